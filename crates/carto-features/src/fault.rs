use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// A panic of this program, told as an error like another.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a fault in this program: {message}; please report it with this file")]
pub struct Fault {
    /// The panic's own message.
    pub message: String,
}

impl Fault {
    /// What a closure gives, or its panic where panics unwind; in a browser a panic
    /// ends the program.
    ///
    /// # Errors
    ///
    /// The panic. What the closure has touched is dropped with it or never changed.
    pub fn catch<T>(run: impl FnOnce() -> T) -> Result<T, Self> {
        catch_unwind(AssertUnwindSafe(run)).map_err(|panic| Self::of_panic(&*panic))
    }

    /// The fault that a caught panic is.
    #[must_use]
    pub fn of_panic(panic: &(dyn Any + Send)) -> Self {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
        Self { message: text.unwrap_or("no words").to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_told_in_its_words() {
        assert_eq!(Fault::catch(|| 1), Ok(1));
        let message = |message: &'static str| {
            Fault::catch(|| -> u8 { std::panic::panic_any(message) }).map_err(|it| it.message)
        };
        assert_eq!(message("odd"), Err("odd".to_owned()));
        let silent = Fault::catch(|| -> u8 { std::panic::panic_any(7) });
        assert_eq!(silent, Err(Fault { message: "no words".to_owned() }));
    }
}
