use carto_encoder::EncoderSession;
use carto_encoder::cpu::TileEncoder;
use carto_encoder::folded::FoldedEncoder;
use carto_encoder::gpu::{GpuAdapter, GpuError};
use carto_encoder::self_test::SelfTest;
use carto_types::DeviceChoice;

/// Packs an encoder for the program's instructions.
pub(crate) type Pack<'a> = &'a dyn Fn(FoldedEncoder) -> Box<dyn TileEncoder>;

/// Makes an encoder ready on the device that the page asked for, or on the processor,
/// and says why.
///
/// # Errors
///
/// Words for a person, if not even the processor computes what it should.
pub(crate) async fn open(
    pack: Pack<'_>,
    folded: FoldedEncoder,
    device: DeviceChoice,
) -> Result<EncoderSession, String> {
    let reason = match device {
        DeviceChoice::Cpu => None,
        DeviceChoice::Auto | DeviceChoice::WebGpu => match on_gpu(&folded, device).await {
            Ok(session) => return Ok(session),
            Err(reason) => Some(reason),
        },
    };
    Ok(EncoderSession::on_cpu(for_cpu(pack, folded)?, reason))
}

/// Makes an encoder ready for the processor, which computes the [`SelfTest`] first.
///
/// # Errors
///
/// Words for a person, if the processor does not compute what it should.
pub(crate) fn for_cpu(
    pack: Pack<'_>,
    folded: FoldedEncoder,
) -> Result<Box<dyn TileEncoder>, String> {
    SelfTest::new().run_on_cpu(pack).map_err(|error| {
        format!("this browser computes wrong numbers ({error}): try another one")
    })?;
    Ok(pack(folded))
}

/// Makes an encoder ready on a graphics processor.
///
/// # Errors
///
/// Why there is no graphics processor to use: a clause that follows "because".
async fn on_gpu(folded: &FoldedEncoder, device: DeviceChoice) -> Result<EncoderSession, String> {
    let adapter = GpuAdapter::request().await.map_err(|error| in_words(&error))?;
    let info = adapter.info();
    if info.is_software && device == DeviceChoice::Auto {
        let name = &info.name;
        return Err(format!("this browser only imitates a graphics processor ({name})"));
    }
    EncoderSession::on_gpu(&adapter, folded).await.map_err(|error| in_words(&error))
}

fn in_words(error: &GpuError) -> String {
    match error {
        GpuError::NoAdapter { .. } => "this browser offers no graphics processor".to_owned(),
        GpuError::WrongNumbers(error) => {
            format!("the graphics processor computes wrong numbers ({error})")
        }
        error => error.to_string(),
    }
}
