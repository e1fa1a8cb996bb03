//! Pictures of figures as SVG within a page: in, bars with their labels and figures; out, an image with a title and a
//! description. Each bar has its label and its figure beside it, so that nothing is told by colour or length alone.

use crate::cli::output::plain;
use crate::cli::page::escaped;

/// A bar.
pub struct Bar {
    /// What it is of.
    pub label: String,
    /// How long it is, beside the others.
    pub length: i128,
    /// Its figure, as it is written.
    pub figure: String,
}

/// The longest bar, in pixels.
const LONGEST: i128 = 380;
/// Where bars begin: labels stand left of it.
const LEFT: i128 = 250;
/// From one bar to the next.
const STEP: usize = 26;

/// The image. `id` tells it from the others of its page.
pub fn bars(id: &str, title: &str, description: &str, bars: &[Bar]) -> String {
    let most = bars.iter().map(|bar| bar.length).max().unwrap_or(0).max(1);
    let height = bars.len() * STEP + 8;
    let (title, description) = (escaped(&plain(title)), escaped(&plain(description)));
    let mut text = format!(
        "<svg role=\"img\" aria-labelledby=\"{id}-title {id}-description\" \
         xmlns=\"http://www.w3.org/2000/svg\" width=\"820\" height=\"{height}\" \
         viewBox=\"0 0 820 {height}\" font-size=\"13\">\n\
         <title id=\"{id}-title\">{title}</title>\n<desc id=\"{id}-description\">{description}</desc>\n"
    );
    for (place, bar) in bars.iter().enumerate() {
        let (top, line) = (place * STEP + 6, place * STEP + 20);
        let width = bar.length.max(0).saturating_mul(LONGEST) / most;
        let (label, figure) = (escaped(&cut(&plain(&bar.label))), escaped(&bar.figure));
        text += &format!(
            "<text x=\"{}\" y=\"{line}\" text-anchor=\"end\">{label}</text>\n\
             <rect x=\"{LEFT}\" y=\"{top}\" width=\"{width}\" height=\"18\" fill=\"#c9d3dc\" \
             stroke=\"#1d2329\"/>\n<text x=\"{}\" y=\"{line}\">{figure}</text>\n",
            LEFT - 8,
            LEFT + width + 8,
        );
    }
    text + "</svg>\n"
}

/// A label that fits: the table below has the whole of it.
fn cut(label: &str) -> String {
    if label.chars().count() <= 34 {
        return label.to_owned();
    }
    label.chars().take(33).chain(['…']).collect()
}
