//! What an editor tells of a file beside its findings, through the protocol: hover, scenarios that are run, and cases
//! that go wrong.

#[expect(dead_code, reason = "each test uses a part of it")]
mod client;

use client::Client;
use lsp_server::Message;
use serde_json::{Value, json};

const URI: &str = "file:///s.jalon";

fn hover(client: &mut Client, line: u32, character: u32) -> Value {
    let place = json!({ "line": line, "character": character });
    let params = json!({ "textDocument": { "uri": URI }, "position": place });
    client.ask("textDocument/hover", params).unwrap()
}

fn lenses(client: &mut Client) -> Vec<Value> {
    let params = json!({ "textDocument": { "uri": URI } });
    client.ask("textDocument/codeLens", params).unwrap().as_array().unwrap().clone()
}

fn played(client: &mut Client, lens: &Value) -> Result<Value, String> {
    let command = &lens["command"];
    let params = json!({ "command": command["command"], "arguments": command["arguments"] });
    client.ask("workspace/executeCommand", params)
}

const TEXT: &str = "échéancier \"É\"\n  tarif forfait 1500 EUR\n  action \"Bilan\"\n  acompte \"Acompte `1`\": 30 % au démarrage\n  solde \"Solde\": 100 % à la fin si durée < 4 mois\n  solde \"Long\": 100 % à la fin si durée >= 4 mois, reste ouvert\nscénario \"juste\"\n  03/02/2025 démarrage\n  05/02/2025 fin\n  attendu 03/02/2025 \"Acompte `1`\" 450,00\n  attendu 05/02/2025 \"Solde\" 1500,00\n  attendu 05/02/2025 \"Acompte `1`\" -450,00\nscénario \"faux\"\n  03/02/2025 démarrage\n  attendu rien\n";

#[test]
fn what_a_line_bills_is_said_in_a_sentence_with_the_figures_of_the_last_scenario() {
    let mut client = Client::plain();
    let found = client.check(URI, TEXT);
    assert!(found.iter().all(|found| found["severity"] == 2), "{found:#?}");
    let value = |hover: &Value| hover["contents"]["value"].as_str().unwrap().to_owned();
    let deposit = value(&hover(&mut client, 3, 12));
    assert!(
        deposit.contains("« Acompte `1` » facture 30 % au démarrage. C'est un acompte"),
        "{deposit}"
    );
    assert!(
        deposit.contains("dans le scénario « faux » :\n03/02/2025        450,00  Acompte `1`"),
        "{deposit}"
    );
    let balance = value(&hover(&mut client, 4, 12));
    assert!(balance.contains("100 % à la fin si durée < 4 mois. C'est un solde : il"), "{balance}");
    assert!(balance.contains("dans le scénario « juste » :"), "{balance}");
    assert!(value(&hover(&mut client, 5, 12)).contains("laisse le dossier ouvert"));
    // Spoken of in a scenario, it is the same line.
    assert_eq!(value(&hover(&mut client, 10, 23)), balance);
    assert!(value(&hover(&mut client, 2, 12)).contains("action \"Bilan\""));
    assert_eq!(hover(&mut client, 1, 4), Value::Null);
}

#[test]
fn a_scenario_is_run_from_its_lens() {
    let mut client = Client::plain();
    client.check(URI, TEXT);
    let found = lenses(&mut client);
    assert_eq!(found[0]["command"]["title"], "jouer ce scénario");
    assert_eq!(found[0]["range"]["start"]["line"], 6);
    let text = played(&mut client, &found[0]).unwrap();
    let text = text.as_str().unwrap();
    assert!(
        text.starts_with("« juste » réussit\n03/02/2025        450,00  Acompte `1`\n"),
        "{text}"
    );
    let shown = client.told("window/showMessage");
    assert_eq!((&shown["type"], &shown["message"]), (&json!(3), &json!(text)));
    let text = played(&mut client, &found[1]).unwrap();
    let text = text.as_str().unwrap();
    assert!(text.starts_with("« faux » échoue\n"), "{text}");
    assert!(text.contains("+ 03/02/2025        450,00  Acompte `1`"), "{text}");
    assert_eq!(client.told("window/showMessage")["type"], 2);

    // In a file with errors none is run; one that is gone is not there.
    let wrong = json!({ "command": { "command": "jalon.runScenario", "arguments": [URI, 1] } });
    assert_eq!(played(&mut client, &wrong), Err("cela n'est plus là".to_owned()));
    let wrong = json!({ "command": { "command": "jalon.runScenario", "arguments": [URI, -1] } });
    assert!(played(&mut client, &wrong).unwrap_err().contains("a number"));
    client.change(URI, 2, &TEXT.replace("forfait", "forfai"));
    client.told("textDocument/publishDiagnostics");
    let broken = lenses(&mut client);
    assert_eq!(played(&mut client, &broken[0]), Err("le fichier a des erreurs".to_owned()));
}

#[test]
fn a_scenario_of_a_follow_up_is_run_too() {
    let mut client = Client::plain();
    let text = "follow-up \"F\" for payer \"P\"\n  payment due 30 days\n  step \"Letter\": 8 days after due\nscenario \"late\"\n  invoice of 100 EUR dated 2025-01-31\n  2025-02-01 sent\n  until 2025-03-31\n  expect 2025-03-10 step \"Letter\"\n";
    assert_eq!(client.check(URI, text), Vec::<Value>::new());
    let found = lenses(&mut client);
    assert_eq!(played(&mut client, &found[0]), Ok(json!("\"late\" passes")));
    let step = hover(&mut client, 2, 9);
    let value = step["contents"]["value"].as_str().unwrap();
    assert!(value.contains("\"Letter\" is done 8 days after due."), "{value}");
}

#[test]
fn the_case_that_goes_wrong_is_told_and_passes_as_a_scenario() {
    let mut client = Client::plain();
    let text = include_str!("../../../docs/examples/four-months.jalon");
    client.check(URI, text);
    assert!(lenses(&mut client).iter().all(|lens| lens["command"]["command"] != "jalon.showCase"));
    client.findings();
    let found = lenses(&mut client);
    let gap =
        found.iter().find(|lens| lens["command"]["title"] == "show the case that goes wrong: gap");
    let told = played(&mut client, gap.expect("a lens")).unwrap();
    let told = told.as_str().unwrap();
    let (first, scenario) = told.split_once("\n\n").unwrap();
    assert!(first.starts_with("no window holds on abandonment"), "{told}");
    // It is a scenario of the file, and passes.
    let whole = format!("{text}{scenario}");
    client.change(URI, 2, &whole);
    client.findings();
    let found = lenses(&mut client);
    let run = found.iter().rfind(|lens| lens["command"]["command"] == "jalon.runScenario");
    let outcome = played(&mut client, run.expect("a lens")).unwrap();
    assert!(outcome.as_str().unwrap().contains("\" passes"), "{whole}\n{outcome}");
}

#[test]
fn a_client_that_shows_results_is_shown_nothing_beside() {
    let options = json!({ "showsResults": true });
    let params = json!({ "capabilities": {}, "initializationOptions": options });
    let (mut client, _) = Client::initialized(params);
    client.check(URI, TEXT);
    let found = lenses(&mut client);
    let told = played(&mut client, &found[0]).unwrap();
    assert!(told.as_str().unwrap().starts_with("« juste » réussit"), "{told}");
    // What comes next is about the next change, or a proof.
    client.change(URI, 2, &TEXT.replace("forfait", "forfai"));
    let Message::Notification(next) = client.wait(|_| true) else { panic!() };
    assert_eq!(next.method, "textDocument/publishDiagnostics");
}
