//! The latents by class, as lists.

use carto_charts::{AgreementClass, LatentChart, class_word};
use carto_ui::dynamic;
use leptos::prelude::*;

use crate::views::agreement::class_with_word;
use crate::views::latent_data::LatentData;

/// Which latents are of which class, with their mean r.
#[component]
pub(crate) fn Taxonomy(
    /// What the charts of latents read.
    latents: LatentData,
    /// Where the classes come from.
    chart: Memo<LatentChart>,
) -> impl IntoView {
    let lists = dynamic(move || {
        let dims: Vec<usize> = latents.places.with(|places| places.dims().collect());
        let classes = AgreementClass::ALL.map(Some).into_iter().chain([None]);
        chart.with(|chart| {
            classes.filter_map(|class| class_list(class, &dims, chart)).collect_view().into_any()
        })
    });
    view! {
        <aside class="notes taxonomy" aria-labelledby="taxonomy-title">
            <h3 id="taxonomy-title" class="notes__title">"The latents by class, with their mean r"</h3>
            <dl class="taxonomy__classes">{lists}</dl>
        </aside>
    }
}

/// The latents of a class; those with too few songs are listed only where there are some.
fn class_list(
    class: Option<AgreementClass>,
    dims: &[usize],
    chart: &LatentChart,
) -> Option<AnyView> {
    let rows = dims.iter().filter_map(|&dim| chart.rows.get(dim));
    let rows = rows.filter(|row| row.r.class(LatentChart::BOUNDS) == class);
    let members: Vec<_> = rows
        .map(|row| {
            view! {
                <li class="taxonomy__latent"><b>{row.dim.to_string()}</b> " " {row.r.mean_text()}</li>
            }
        })
        .collect();
    let nobody = members.is_empty().then_some("none");
    let list_class = match class {
        Some(AgreementClass::Stylistic) => "taxonomy__list taxonomy__list--stylistic",
        _ => "taxonomy__list",
    };
    (class.is_some() || nobody.is_none()).then(|| {
        view! {
            <div class="taxonomy__class">
                <dt>{class_with_word(class, class_word(class))}</dt>
                <dd class=list_class>{nobody} <ul>{members}</ul></dd>
            </div>
        }
        .into_any()
    })
}
