//! What an editor shows of a file and offers in it, through the protocol: outline, colours, names, completion.

#[expect(dead_code, reason = "each test uses a part of it")]
mod client;

use client::{Client, edited};
use serde_json::{Value, json};

const URI: &str = "file:///s.jalon";

const TEXT: &str = "schedule \"Été 𝄞\" # remark\r\n  price per action, in EUR\r\n  action \"Bilan\" hourly 70\r\n  payer \"Caisse\": 70 %\r\n  payer \"Client\": remainder\r\n  balance \"Solde 𝄞\": work on end if action \"Bilan\" done\r\nscenario \"one\"\r\n  2025-02-03 action \"Bilan\" 2 hours\r\n  2025-02-04 end\r\n  expect 2025-02-04 \"Solde 𝄞\" 140.00\r\nfollow-up \"F\" for payer \"Caisse\"\r\n  payment due 30 days\r\n  step \"Letter\": 8 days after due\r\n  step \"Call\": 8 days after step \"Letter\"\r\n";

/// The place of a text, of which `|` is the cursor, and the text without it.
fn cursor(text: &str) -> (String, Value) {
    let at = text.find('|').expect("a cursor");
    let before = &text[..at];
    let line = before.matches('\n').count();
    let column = before.rsplit('\n').next().unwrap().encode_utf16().count();
    (text.replacen('|', "", 1), json!({ "line": line, "character": column }))
}

/// The place in the middle of the nth occurrence of a text.
fn within(text: &str, what: &str, nth: usize) -> Value {
    let at = text.match_indices(what).nth(nth).expect("it occurs").0;
    let at = at + what.char_indices().nth(1).map_or(0, |(at, _)| at);
    cursor(&format!("{}|{}", &text[..at], &text[at..])).1
}

fn at(place: &Value) -> Value {
    json!({ "textDocument": { "uri": URI }, "position": place })
}

/// The text of a range.
fn shown(text: &str, range: &Value) -> String {
    let cut = json!([{ "range": range, "newText": "\u{0}" }]);
    let marked = edited(text, &cut);
    let start = marked.find('\u{0}').unwrap();
    let rest = marked.len() - start - 1;
    text[start..text.len() - rest].to_owned()
}

#[test]
fn an_outline_has_what_a_file_holds() {
    let symbols = json!({ "hierarchicalDocumentSymbolSupport": true });
    let capabilities = json!({ "textDocument": { "documentSymbol": symbols } });
    let (mut client, _) = Client::begin(capabilities);
    client.check(URI, TEXT);
    let params = json!({ "textDocument": { "uri": URI } });
    let outline = client.ask("textDocument/documentSymbol", params.clone()).unwrap();
    let seen = |symbol: &Value| {
        let name = symbol["name"].as_str().unwrap().to_owned();
        (symbol["detail"].as_str().unwrap().to_owned(), name)
    };
    let names = |of: &Value| of.as_array().unwrap().iter().map(seen).collect::<Vec<_>>();
    let pairs = |pairs: &[(&str, &str)]| {
        pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect::<Vec<_>>()
    };
    assert_eq!(
        names(&outline),
        pairs(&[("schedule", "Été 𝄞"), ("scenario", "one"), ("follow-up", "F")])
    );
    assert_eq!(
        names(&outline[0]["children"]),
        pairs(&[
            ("action", "Bilan"),
            ("payer", "Caisse"),
            ("payer", "Client"),
            ("balance", "Solde 𝄞")
        ])
    );
    assert_eq!(names(&outline[2]["children"]), pairs(&[("step", "Letter"), ("step", "Call")]));
    assert_eq!(shown(TEXT, &outline[0]["children"][3]["selectionRange"]), "\"Solde 𝄞\"");
    assert!(shown(TEXT, &outline[1]["range"]).ends_with("\"Solde 𝄞\" 140.00"));

    // A client that takes no tree gets a list.
    let mut client = Client::plain();
    client.check(URI, TEXT);
    let list = client.ask("textDocument/documentSymbol", params).unwrap();
    assert_eq!(list.as_array().unwrap().len(), 9);
    assert_eq!(list[1]["containerName"], "Été 𝄞");
}

/// The tokens as their texts with the names of their types.
fn colours(text: &str) -> Vec<(String, String)> {
    let (mut client, said) = Client::begin(json!({}));
    let legend = &said["capabilities"]["semanticTokensProvider"]["legend"]["tokenTypes"];
    client.check(URI, text);
    let params = json!({ "textDocument": { "uri": URI } });
    let answer = client.ask("textDocument/semanticTokens/full", params).unwrap();
    let data: Vec<u64> = serde_json::from_value(answer["data"].clone()).unwrap();
    let (mut line, mut column) = (0, 0);
    let mut found = Vec::new();
    for token in data.chunks(5) {
        let &[lines, columns, length, kind, _] = token else { panic!() };
        column = if lines == 0 { column + columns } else { columns };
        line += lines;
        let range = json!({
            "start": { "line": line, "character": column },
            "end": { "line": line, "character": column + length },
        });
        let kind = legend[usize::try_from(kind).unwrap()].as_str().unwrap().to_owned();
        found.push((shown(text, &range), kind));
    }
    found
}

#[test]
fn words_names_numbers_and_remarks_have_their_colours() {
    let found = colours(TEXT);
    let of = |text: &str| {
        let found = found.iter().find(|(shown, _)| shown == text);
        found.map_or("none", |(_, kind)| kind).to_owned()
    };
    for (text, kind) in [
        ("schedule", "keyword"),
        ("\"Été 𝄞\"", "class"),
        ("# remark", "comment"),
        ("price", "keyword"),
        ("70", "number"),
        ("\"Bilan\"", "function"),
        ("\"Caisse\"", "parameter"),
        ("\"Solde 𝄞\"", "property"),
        ("2025-02-04", "number"),
        ("\"Letter\"", "event"),
    ] {
        assert_eq!(of(text), kind, "{text}");
    }
    // A broken file has its colours, too.
    let found = colours("échéancier « Été » tarif ?? 12");
    let texts: Vec<&str> = found.iter().map(|(text, _)| text.as_str()).collect();
    assert_eq!(texts, ["échéancier", "« Été »", "tarif", "12"]);
}

#[test]
fn a_name_leads_to_where_it_is_stated_and_to_all_that_speaks_of_it() {
    let mut client = Client::plain();
    client.check(URI, TEXT);
    for (name, nth, stated) in
        [("Bilan", 1, 2), ("Bilan", 2, 2), ("Caisse", 1, 3), ("Solde 𝄞", 1, 5), ("Letter", 1, 12)]
    {
        let place = within(TEXT, name, nth);
        let found = client.ask("textDocument/definition", at(&place)).unwrap();
        assert_eq!(found.as_array().unwrap().len(), 1, "{name}");
        assert_eq!(found[0]["range"]["start"]["line"], stated, "{name}");
        assert_eq!(shown(TEXT, &found[0]["range"]), name);
    }
    let mut params = at(&within(TEXT, "Bilan", 0));
    params["context"] = json!({ "includeDeclaration": false });
    let found = client.ask("textDocument/references", params.clone()).unwrap();
    assert_eq!(found.as_array().unwrap().len(), 2);
    params["context"] = json!({ "includeDeclaration": true });
    let found = client.ask("textDocument/references", params).unwrap();
    assert_eq!(found.as_array().unwrap().len(), 3);
    // Where no name stands there is nothing.
    let found = client.ask("textDocument/definition", at(&within(TEXT, "price", 0))).unwrap();
    assert_eq!(found, json!([]));
}

#[test]
fn a_name_is_changed_wherever_the_file_speaks_of_it_and_the_edit_has_been_tried() {
    let mut client = Client::plain();
    assert_eq!(client.check(URI, TEXT), Vec::<Value>::new());
    let place = within(TEXT, "Bilan", 2);
    let found = client.ask("textDocument/prepareRename", at(&place)).unwrap();
    assert_eq!(
        (&found["placeholder"], shown(TEXT, &found["range"])),
        (&json!("Bilan"), "Bilan".to_owned())
    );
    let mut params = at(&place);
    params["newName"] = json!("Point \"d'étape\"");
    let edit = client.ask("textDocument/rename", params.clone()).unwrap();
    let after = edited(TEXT, &edit["changes"][URI]);
    assert_eq!(after.matches("\"Point \\\"d'étape\\\"\"").count(), 3, "{after}");
    assert!(!after.contains("Bilan"));
    client.change(URI, 2, &after);
    assert_eq!(client.findings(), Vec::<Value>::new());

    client.change(URI, 3, TEXT);
    client.findings();
    for (name, new) in [("Caisse", "Client"), ("Bilan", "")] {
        let mut params = at(&within(TEXT, name, 0));
        params["newName"] = json!(new);
        let refused = client.ask("textDocument/rename", params).unwrap_err();
        assert!(refused.starts_with("not renamed: with this name"), "{refused}");
    }
    let mut params = at(&within(TEXT, "price", 0));
    params["newName"] = json!("x");
    assert_eq!(client.ask("textDocument/rename", params), Err("no name stands here".to_owned()));
}

/// The labels that are proposed at the cursor, and what one of them makes of the text.
fn proposed(text: &str, choose: &str) -> (Vec<String>, String) {
    let mut client = Client::plain();
    let (text, place) = cursor(text);
    client.check(URI, &text);
    let found = client.ask("textDocument/completion", at(&place)).unwrap();
    let found = found.as_array().unwrap();
    let labels: Vec<String> =
        found.iter().map(|item| item["label"].as_str().unwrap().to_owned()).collect();
    let chosen = found.iter().find(|item| item["label"] == choose);
    let after = chosen.map_or(String::new(), |item| edited(&text, &json!([item["textEdit"]])));
    (labels, after)
}

#[test]
fn what_is_proposed_is_what_the_grammar_takes_there_in_the_words_of_the_file() {
    let (labels, after) = proposed("schedule \"S\"\n  price |\n", "hourly");
    for label in ["fixed", "hourly", "per action"] {
        assert!(labels.iter().any(|it| it == label), "{labels:?}");
    }
    assert!(!labels.iter().any(|it| it == "balance" || it == "forfait"), "{labels:?}");
    assert_eq!(after, "schedule \"S\"\n  price hourly\n");

    let (labels, after) = proposed("échéancier \"É\"\n  tarif ho|", "horaire");
    assert!(!labels.iter().any(|it| it == "hourly"), "{labels:?}");
    assert_eq!(after, "échéancier \"É\"\n  tarif horaire");

    let (labels, _) = proposed("schedule \"S\"\r\n  price fixed 9 EUR\r\n  |\r\n", "");
    for label in ["balance", "deposit", "payer", "scenario"] {
        assert!(labels.iter().any(|it| it == label), "{labels:?}");
    }
    assert!(!labels.iter().any(|it| it == "until" || it == "step"), "{labels:?}");

    let (labels, after) =
        proposed("échéancier \"É\"\n  tarif forfait 9 EUR\n  solde \"S\": 100 % |", "à la fin");
    assert!(labels.iter().any(|it| it == "à l'abandon"), "{labels:?}");
    assert!(after.ends_with("100 % à la fin"), "{after}");

    let (labels, _) =
        proposed("schedule \"S\"\n  price fixed 9 EUR\n  balance \"B\": 100 % on end |\n", "");
    for label in ["if", "or"] {
        assert!(labels.iter().any(|it| it == label), "{labels:?}");
    }
    // Nothing in a remark, in a number, or in a name that is stated here.
    for text in ["# a |", "schedule \"S\"\n  price fixed 1|", "schedule \"S|"] {
        assert_eq!(proposed(text, "").0, Vec::<String>::new(), "{text}");
    }
}

#[test]
fn names_of_the_file_are_proposed_where_they_may_stand() {
    let mended = TEXT.replace("if action \"Bilan\" done", "if action |");
    let (labels, after) = proposed(&mended, "Bilan");
    assert_eq!(labels, ["Bilan"]);
    assert!(after.contains("if action \"Bilan\"\r\n"), "{after}");
    // With a quote that is open, and one that the editor has closed.
    for open in ["if action \"B|", "if action \"|\""] {
        let (labels, after) = proposed(&TEXT.replace("if action \"Bilan\" done", open), "Bilan");
        assert_eq!(labels, ["Bilan"], "{open}");
        assert!(after.contains("if action \"Bilan\"\r\n"), "{after}");
    }
    let (labels, _) = proposed(&TEXT.replace("04 \"Solde 𝄞\"", "04 |"), "");
    assert_eq!(labels, ["step", "Solde 𝄞"]);
    let (labels, _) = proposed(&TEXT.replace("after step \"Letter\"", "after step |"), "");
    assert_eq!(labels, ["Letter"]);
}

/// Each place of a text, and of the text cut off there: whatever is asked, the server answers.
#[test]
fn every_place_of_a_broken_file_is_answered() {
    let mut client = Client::plain();
    let text: String = TEXT.chars().take(330).collect();
    for (version, (end, _)) in (2..).zip(text.char_indices().step_by(3)) {
        let cut = &text[..end];
        client.open(URI, cut);
        client.change(URI, version, cut);
        let place = cursor(&format!("{cut}|")).1;
        for method in ["completion", "definition", "prepareRename"] {
            client.ask(&format!("textDocument/{method}"), at(&place)).unwrap();
        }
        let params = json!({ "textDocument": { "uri": URI } });
        for method in ["documentSymbol", "semanticTokens/full"] {
            client.ask(&format!("textDocument/{method}"), params.clone()).unwrap();
        }
    }
    assert!(client.end());
}

/// In sound files, each word of the language is proposed where it stands, by itself or as a part of one.
#[test]
fn what_stands_in_a_file_is_proposed_there() {
    use jalon::syntax::{Piece, expected, pieces};
    // Read, and not proposed: articles, a second spelling of `chaque`, and the rest of a word whose beginning is one by
    // itself (`envoyée par`, `facture de`).
    let only_read = ["l", "le", "la", "les", "the", "tous", "par", "de"];
    let folded = |text: &str| jalon::diagnostic::fold_for_likeness(text);
    let texts = [
        include_str!("../../../schedules/teo/vae-reva.jalon"),
        include_str!("../../../schedules/follow-up/cabinet.jalon"),
        include_str!("../../../schedules/teo/cpf.jalon"),
    ];
    for text in texts {
        for (span, _) in pieces(text).into_iter().filter(|(_, piece)| *piece == Piece::Word) {
            let word = folded(span.of(text));
            let found = expected(text, span.start as usize);
            let proposed = only_read.contains(&word.as_str())
                || found.words.iter().any(|found| folded(found).contains(&word));
            assert!(proposed, "{word} at {} of {text}: {found:?}", span.start);
        }
    }
}
