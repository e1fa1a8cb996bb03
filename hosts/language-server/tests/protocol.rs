//! The server through its protocol, on a connection in memory.

mod client;

use client::{Client, codes, edited};
use lsp_server::{Message, Response};
use serde_json::{Value, json};

const URI: &str = "file:///billing/formation.jalon";

/// Sound, and with nothing to prove wrong.
const SOUND: &str = "schedule \"S\"\n  price fixed 900 EUR\n  balance \"B\": 100 %   on end\n  balance \"A\": nothing on abandonment\n";

/// Sound by itself; the prover finds more billed than the price, and a warning is due that takes a search.
const PROVABLE: &str = "schedule \"Training\"\n  price fixed 1000 EUR\n  installment \"Part\": 10 % on start\n  balance \"Balance\": 100 % on end\n";

#[test]
fn the_server_says_what_it_does_and_ends_in_order() {
    let (client, said) = Client::begin(json!({}));
    assert_eq!(said["serverInfo"]["name"], "jalon-language-server");
    assert_eq!(said["capabilities"]["positionEncoding"], "utf-16");
    // Whole texts, at every change.
    assert_eq!(said["capabilities"]["textDocumentSync"], 1);
    assert!(client.end());
}

#[test]
fn nothing_is_served_before_the_beginning_or_after_the_end() {
    let mut client = Client::plain();
    assert!(client.ask("initialize", json!({})).is_err());
    assert_eq!(client.ask("shutdown", Value::Null), Ok(Value::Null));
    assert!(client.ask("textDocument/formatting", json!({})).is_err());
}

#[test]
fn a_mistake_is_told_where_it_is_in_the_language_of_the_file() {
    let mut client = Client::plain();
    // Accents, a letter of two units of UTF-16 and Windows line breaks stand before it.
    let text =
        "échéancier \"Été 𝄞\"\r\n  tarif forfait 900 EUR\r\n  solde \"Été 𝄞\": 100 % à la finn\r\n";
    let found = client.check(URI, text);
    assert_eq!(codes(&found), ["syntax"]);
    assert_eq!(found[0]["code"], "syntaxe");
    assert_eq!(found[0]["severity"], 1);
    assert_eq!(found[0]["source"], "jalon check");
    assert!(found[0].get("codeDescription").is_none());
    let message = found[0]["message"].as_str().unwrap();
    assert!(message.starts_with("`finn` n"), "{message}");
    assert!(message.contains("\nattendu ici : le moment"), "{message}");
    let column = "  solde \"Été 𝄞\": 100 % à la ".encode_utf16().count();
    let range = json!({
        "start": { "line": 2, "character": column },
        "end": { "line": 2, "character": column + 4 },
    });
    assert_eq!(found[0]["range"], range);

    let english = client.check("file:///e.jalon", "schedule \"S\"\n  price fixd 900 EUR\n");
    let is_syntax = |found: &&Value| found["code"] == "syntax";
    let message = english.iter().find(is_syntax).unwrap()["message"].as_str().unwrap();
    assert!(message.contains("\nhelp: did you mean `fixed`?\n"), "{message}");
}

#[test]
fn columns_are_counted_as_the_client_asks() {
    let text = "échéancier \"É\"\n  tarif forfait 9 EUR\n  solde \"É𝄞\": 100 % à la finn\n";
    let before = "  solde \"É𝄞\": 100 % à la ";
    for (kind, column) in [
        ("utf-8", before.len()),
        ("utf-16", before.encode_utf16().count()),
        ("utf-32", before.chars().count()),
    ] {
        let general = json!({ "general": { "positionEncodings": ["utf-7", kind] } });
        let (mut client, said) = Client::begin(general);
        assert_eq!(said["capabilities"]["positionEncoding"], kind);
        let found = client.check(URI, text);
        assert_eq!(found[0]["range"]["start"], json!({ "line": 2, "character": column }));
    }
}

#[test]
fn every_change_is_checked_and_a_closed_file_has_no_findings() {
    let mut client = Client::plain();
    assert_eq!(client.check(URI, "schedule \"S\"\n").len(), 2);
    client.change(URI, 2, SOUND);
    let told = client.told("textDocument/publishDiagnostics");
    assert_eq!((&told["version"], &told["diagnostics"]), (&json!(2), &json!([])));
    client.change(URI, 3, "schedule");
    assert_eq!(codes(&client.findings()), ["syntax"]);
    client.tell("textDocument/didClose", json!({ "textDocument": { "uri": URI } }));
    assert_eq!(client.findings(), Vec::<Value>::new());
    let gone = json!({ "textDocument": { "uri": URI }, "options": { "tabSize": 2, "insertSpaces": true } });
    assert!(client.ask("textDocument/formatting", gone).is_err());
}

#[test]
fn a_proof_follows_what_the_checker_says() {
    let mut client = Client::plain();
    // What the checker alone says comes first, at once.
    assert_eq!(client.check(URI, PROVABLE), Vec::<Value>::new());
    let found = client.findings();
    let codes = codes(&found);
    assert!(codes.contains(&"installments-not-deducted"), "{codes:?}");
    assert!(codes.contains(&"overbilling"), "{codes:?}");
    let proved = found.iter().find(|found| found["data"]["code"] == "overbilling").unwrap();
    assert_eq!(proved["source"], "jalon verify");
    assert_eq!(proved["severity"], 1);
}

#[test]
fn a_follow_up_is_proved_too() {
    let mut client = Client::plain();
    let text = include_str!("../../../docs/examples/follow-up/two-steps.jalon");
    assert_eq!(client.check(URI, text), Vec::<Value>::new());
    let found = client.findings();
    assert_eq!(codes(&found), ["forgotten"]);
    assert_eq!(found[0]["range"]["start"]["line"], 4);
}

#[test]
fn what_is_proved_of_a_text_is_not_told_of_a_later_one() {
    let mut client = Client::plain();
    assert_eq!(client.check(URI, PROVABLE), Vec::<Value>::new());
    client.change(URI, 2, SOUND);
    assert_eq!(client.findings(), Vec::<Value>::new());
    // The next that is told is of the second text.
    let told = client.told("textDocument/publishDiagnostics");
    assert_eq!(told["version"], 2);
    let found = told["diagnostics"].as_array().unwrap();
    assert!(!codes(found).contains(&"overbilling"), "{found:#?}");
}

fn actions_at(client: &mut Client, range: &Value, only: &[&str]) -> Vec<Value> {
    let context = match only {
        [] => json!({ "diagnostics": [] }),
        only => json!({ "diagnostics": [], "only": only }),
    };
    let params = json!({ "textDocument": { "uri": URI }, "range": range, "context": context });
    client.ask("textDocument/codeAction", params).unwrap().as_array().unwrap().clone()
}

#[test]
fn a_fix_mends_what_it_is_offered_for() {
    let mut client = Client::plain();
    let text =
        "échéancier \"Été\"\r\n  tarif forfai 900 EUR\r\n  solde \"Été\": 100 % à la fin\r\n";
    let found = client.check(URI, text);
    let actions = actions_at(&mut client, &found[0]["range"], &["quickfix"]);
    assert_eq!(actions.len(), 1);
    assert_eq!(actions[0]["title"], "vouliez-vous dire `forfait` ?");
    assert_eq!(actions[0]["diagnostics"][0], found[0]);
    let mended = edited(text, &actions[0]["edit"]["changes"][URI]);
    client.change(URI, 2, &mended);
    assert_eq!(client.findings(), Vec::<Value>::new());
    // Far from the place there is nothing to mend.
    client.change(URI, 3, text);
    client.findings();
    let elsewhere =
        json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 0, "character": 0 } });
    assert_eq!(actions_at(&mut client, &elsewhere, &[]), Vec::<Value>::new());
}

#[test]
fn a_fix_of_what_is_proved_mends_it_too() {
    let mut client = Client::plain();
    let text = include_str!("../../../docs/examples/four-months.jalon");
    assert_eq!(codes(&client.check(URI, text)), Vec::<&str>::new());
    let found = client.findings();
    let gap = found.iter().find(|found| found["data"]["code"] == "gap").expect("a gap");
    let actions = actions_at(&mut client, &gap["range"], &["quickfix"]);
    let of_gap = |action: &&Value| action["diagnostics"][0]["data"]["code"] == "gap";
    let action = actions.iter().find(of_gap).expect("a fix");
    let mended = edited(text, &action["edit"]["changes"][URI]);
    client.change(URI, 2, &mended);
    client.findings();
    let found = client.findings();
    assert!(!codes(&found).contains(&"gap"), "{mended}\n{found:#?}");
}

fn formatted(client: &mut Client) -> Result<Value, String> {
    let options = json!({ "tabSize": 2, "insertSpaces": true });
    let params = json!({ "textDocument": { "uri": URI }, "options": options });
    client.ask("textDocument/formatting", params)
}

#[test]
fn a_file_is_laid_out_in_the_one_layout_and_keeps_its_line_breaks() {
    let mut client = Client::plain();
    let text = "schedule \"Été\"\r\n price fixed 900 EUR # 𝄞\r\n   balance \"B\":100% on end\r\n";
    client.check(URI, text);
    let edits = formatted(&mut client).unwrap();
    let after = edited(text, &edits);
    let expected = jalon::syntax::format(text, None).unwrap().replace('\n', "\r\n");
    assert_eq!(after, expected);
    assert!(edits[0]["range"]["start"]["line"] == 1, "{edits:#?}");
    client.change(URI, 2, &after);
    assert_eq!(formatted(&mut client), Ok(json!([])));
    // What has errors is left as it is.
    client.change(URI, 3, "schedule \"S\" price");
    assert_eq!(formatted(&mut client), Ok(Value::Null));
}

#[test]
fn a_file_is_translated_and_back() {
    let capabilities = json!({ "workspace": { "applyEdit": true } });
    let (mut client, _) = Client::begin(capabilities);
    client.check(URI, SOUND);
    // It is offered among the actions, by its name in the language that it gives.
    let nowhere =
        json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 0, "character": 0 } });
    let actions = actions_at(&mut client, &nowhere, &["refactor"]);
    assert_eq!(actions[0]["title"], "Traduire en français");
    let command = &actions[0]["command"];
    let params = json!({ "command": command["command"], "arguments": command["arguments"] });
    assert_eq!(client.ask("workspace/executeCommand", params), Ok(Value::Null));
    let asked = client.wait(|message| matches!(message, Message::Request(_)));
    let Message::Request(asked) = asked else { panic!() };
    assert_eq!(asked.method, "workspace/applyEdit");
    let french = edited(SOUND, &asked.params["edit"]["changes"][URI]);
    assert!(french.starts_with("échéancier \"S\"\n"), "{french}");
    client.send(Message::Response(Response::new_ok(asked.id, json!({ "applied": true }))));

    // A client that makes no edits by itself gets the edit; nothing said, it is into the other vocabulary.
    let mut client = Client::plain();
    client.check(URI, &french);
    let params = json!({ "command": "jalon.translate", "arguments": [URI] });
    let edit = client.ask("workspace/executeCommand", params).unwrap();
    assert_eq!(edited(&french, &edit["changes"][URI]), SOUND);
}

#[test]
fn what_cannot_be_translated_is_said() {
    let mut client = Client::plain();
    client.check(URI, "échéancier \"S\"\n  tarif");
    let mut translate = |arguments: Value| {
        let params = json!({ "command": "jalon.translate", "arguments": arguments });
        client.ask("workspace/executeCommand", params)
    };
    assert_eq!(translate(json!([URI])), Err("pas traduit : le fichier a des erreurs".to_owned()));
    assert!(translate(json!([URI, "de"])).unwrap_err().contains("`en` or `fr`"));
    assert!(translate(json!([URI, 1])).unwrap_err().contains("`en` or `fr`"));
    assert!(translate(json!([])).is_err());
    assert!(translate(json!(["file:///other"])).is_err());
    let params = json!({ "command": "jalon.other" });
    assert!(client.ask("workspace/executeCommand", params).is_err());
}

#[test]
fn messages_that_make_no_sense_are_answered_and_the_server_goes_on() {
    let mut client = Client::plain();
    assert!(client.ask("textDocument/codeAction", json!({ "range": 1 })).is_err());
    assert!(client.ask("jalon/unknown", json!([])).is_err());
    client.tell("$/cancelRequest", json!({ "id": 1 }));
    client.tell("textDocument/didOpen", json!({ "textDocument": 1 }));
    assert_eq!(client.told("window/showMessage")["type"], 1);
    // A change of a part is not taken for the whole text.
    client.check(URI, SOUND);
    let range =
        json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 0, "character": 0 } });
    let changes = json!([{ "range": range, "text": "x" }]);
    let params = json!({ "textDocument": { "uri": URI, "version": 2 }, "contentChanges": changes });
    client.tell("textDocument/didChange", params);
    assert!(client.told("window/showMessage")["message"].as_str().unwrap().contains("whole text"));
    assert!(client.end());
}

/// Each text with its end cut off at every character, as one has it while one types.
#[test]
fn a_file_that_is_being_typed_is_answered_at_every_character() {
    let mut client = Client::plain();
    let text = "échéancier \"Été 𝄞\"\r\n  tarif horaire 70 EUR, au plus 24 heures\r\n  solde \"S\": réalisé à la fin si durée >= 4 mois\r\nscénario \"s\"\r\n  03/02/2025 démarrage\r\n  attendu rien\r\n";
    client.open(URI, "");
    client.findings();
    let ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    for (version, end) in (2..).zip(ends) {
        let text = text.get(..end).unwrap();
        client.change(URI, version, text);
        loop {
            let told = client.told("textDocument/publishDiagnostics");
            if told["version"] == version {
                break;
            }
        }
        formatted(&mut client).unwrap();
        let everything = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 99, "character": 0 } });
        for action in actions_at(&mut client, &everything, &["quickfix"]) {
            edited(text, &action["edit"]["changes"][URI]);
        }
    }
    assert!(client.end());
}
