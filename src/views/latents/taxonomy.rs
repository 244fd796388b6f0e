//! The latents by class, as three lists.

use leptos::prelude::*;

use super::LatentView;
use super::figures::LatentFigures;
use crate::views::agreement::class_word;
use crate::views::live::drawn;
use crate::views::words::AgreementClass;

const CLASSES: [(AgreementClass, &str); 4] = [
    (AgreementClass::Perceptual, "taxonomy__list"),
    (AgreementClass::Mixed, "taxonomy__list"),
    (AgreementClass::Stylistic, "taxonomy__list taxonomy__list--stylistic"),
    (AgreementClass::Undetermined, "taxonomy__list"),
];

/// Who belongs where: land upright, water in italics, as on charts.
#[component]
pub(crate) fn Taxonomy(
    /// What both sheets read.
    view: LatentView,
    /// Where the classes come from.
    figures: Memo<LatentFigures>,
) -> impl IntoView {
    let lists = drawn(move || {
        let dims: Vec<usize> = view.places.with(|places| places.dims().collect());
        figures.with(|figures| {
            let list = |(class, list_class): (AgreementClass, &'static str)| {
                let members = dims.iter().copied().filter(|&dim| {
                    figures.rows.get(dim).is_some_and(|row| row.class == class)
                });
                let members: Vec<_> = members
                    .map(|dim| {
                        let mean = figures.rows.get(dim).map(|row| row.mean.clone());
                        view! { <li class="taxonomy__latent"><b>{dim.to_string()}</b> " " {mean}</li> }
                    })
                    .collect();
                // The fourth is no class: it is listed only where it holds some.
                let is_hidden = class == AgreementClass::Undetermined && members.is_empty();
                let nobody = members.is_empty().then_some("none");
                (!is_hidden).then(|| {
                    view! {
                        <div class="taxonomy__class">
                            <dt>{class_word(class)}</dt>
                            <dd class=list_class>{nobody} <ul>{members}</ul></dd>
                        </div>
                    }
                })
            };
            CLASSES.map(list).collect_view().into_any()
        })
    });
    view! {
        <aside class="notes taxonomy" aria-labelledby="taxonomy-title">
            <h3 id="taxonomy-title" class="notes__title">"The latents by class, with their mean r"</h3>
            <dl class="taxonomy__classes">{lists}</dl>
        </aside>
    }
}
