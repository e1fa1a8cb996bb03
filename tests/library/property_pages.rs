//! The pages of the properties: what a page calls wrong is refuted, what it calls right is not.

use jalon::model::FollowUp;
use jalon::verify::follow::{FollowOptions, verify_follow_up, without_follow_up};
use jalon::verify::{FollowProperty, Options, Property, Verdict, verify};

/// The programs of a page, in order: wrong and right, in English and then in French.
fn programs(page: &str) -> Vec<String> {
    let blocks = page.split("```").skip(1).step_by(2);
    blocks.map(|block| block.trim_start_matches("jalon").to_owned()).collect()
}

#[test]
fn what_is_wrong_is_refuted_and_what_is_right_is_not() {
    for property in Property::ALL {
        let programs = programs(property.page());
        assert_eq!(programs.len(), 4, "{}", property.name());
        for (program, wrong) in programs.iter().zip([true, false, true, false]) {
            let compiled = jalon::compile("page.jalon", program)
                .unwrap_or_else(|report| panic!("{program}\n{:?}", report.diagnostics));
            let plan = compiled.schedules.first().expect("a schedule");
            let options = Options { only: vec![*property], ..Options::default() };
            let findings = verify(plan, &options).findings;
            let found = findings.iter().any(|finding| finding.property() == *property);
            assert_eq!(found, wrong, "{}: {program}", property.name());
        }
    }
}

/// The same of follow-ups; what is right is proved.
#[test]
fn what_is_wrong_of_a_follow_up_is_refuted_and_what_is_right_is_proved() {
    for property in FollowProperty::ALL {
        let programs = programs(property.page());
        assert_eq!(programs.len(), 4, "{}", property.name());
        for (program, wrong) in programs.iter().zip([true, false, true, false]) {
            let compiled = jalon::compile("page.jalon", program)
                .unwrap_or_else(|report| panic!("{program}\n{:?}", report.diagnostics));
            let follow_ups: Vec<&FollowUp> = compiled.follow_ups.iter().collect();
            let verification = if *property == FollowProperty::GapOfPayer {
                without_follow_up(&compiled.schedules[0].schedule, &follow_ups).expect("payers")
            } else {
                let options = FollowOptions { only: vec![*property], ..FollowOptions::default() };
                verify_follow_up(follow_ups[0], &options)
            };
            let found = verification.findings.iter().any(|it| it.key.property() == *property);
            let verdict = if wrong { Verdict::Refuted } else { Verdict::Proved };
            assert_eq!(found, wrong, "{}: {program}", property.name());
            let proof = verification.proofs.first().expect("a proof");
            assert_eq!(proof.verdict, verdict, "{}: {program}", property.name());
        }
    }
}
