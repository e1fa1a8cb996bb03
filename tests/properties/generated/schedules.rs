//! Random schedules: small, and full of what is hard.

/// Random numbers, the same for the same seed.
pub struct Random(u64);

impl Random {
    pub fn new(number: u64) -> Random {
        Random(number.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    pub fn below(&mut self, n: usize) -> usize {
        usize::try_from((self.next() >> 33) % n as u64).expect("below n")
    }

    pub fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    pub fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        of.get(self.below(of.len())).expect("not empty")
    }
}

/// A random schedule: small, and full of what is hard.
pub fn schedule(random: &mut Random) -> String {
    let mut text = String::from("schedule \"Random\"\n");
    let kind = random.below(8);
    let calendar = random.one_in(3);
    match kind {
        0..=2 => text.push_str("  price fixed 1000 EUR\n"),
        3 => text.push_str("  price fixed 0.05 EUR\n"),
        4 | 5 => {
            text.push_str("  price hourly 50 EUR");
            if random.one_in(3) {
                text.push_str(", at least 3 hours");
            }
            if random.one_in(3) {
                text.push_str(", at most 8 hours");
            }
            text.push_str("\n  planned 10 hours\n");
        }
        _ => text.push_str(
            "  price per action, in EUR\n    action \"A\" hourly 40\n    action \"B\" flat 100\n    action \"C\" not billed, ends case\n",
        ),
    }
    if kind < 4 && random.one_in(3) {
        text.push_str("  planned 10 hours\n");
    }
    if kind < 6 && random.one_in(3) {
        text.push_str("  action \"C\", ends case\n  action \"A\"\n  action \"B\"\n");
    }
    if random.one_in(6) {
        text.push_str("  attendance in whole %\n");
    }
    if kind < 6 && random.one_in(3) {
        text.push_str("  planned 3 months\n");
    }
    let hours = kind >= 4 || random.one_in(3);
    let lines = 1 + random.below(5);
    for number in 0..lines {
        let line_kind = *random.pick(&["deposit", "installment", "balance", "balance"]);
        let amount = amount(random, kind, line_kind);
        let mut triggers = vec![trigger(random, calendar)];
        if random.one_in(5) {
            triggers.push(trigger(random, calendar));
        }
        text.push_str(&format!("  {line_kind} \"L{number}\": {amount} {}", triggers.join(" or ")));
        if random.one_in(2) {
            text.push_str(&format!(" if {}", condition(random, hours)));
        }
        if line_kind == "balance" && random.one_in(5) {
            text.push_str(", stays open");
        }
        text.push('\n');
    }
    text
}

fn amount(random: &mut Random, price: usize, line: &str) -> String {
    let percent = random.pick(&["25 %", "30 %", "33.33 %", "50 %", "75 %", "100 %"]).to_string();
    let sum = random.pick(&["100 EUR", "250 EUR", "1000 EUR", "1200 EUR"]).to_string();
    let known = price < 6;
    let work = price >= 4 && line != "deposit";
    match random.below(8) {
        0 | 1 if known => percent,
        2 if work => "work".to_owned(),
        3 if work => "work itemised".to_owned(),
        4 if known && line != "deposit" => random.pick(&["remainder", "up to 40 %"]).to_string(),
        5 if line == "balance" => "nothing".to_owned(),
        6 if known && random.one_in(3) => {
            random.pick(&["pro rata attendance", "pro rata duration"]).to_string()
        }
        6 if known => percent,
        _ if known && random.one_in(2) => percent,
        _ => sum,
    }
}

fn trigger(random: &mut Random, calendar: bool) -> String {
    let events = [
        "on signature",
        "on start",
        "on end",
        "on end",
        "on abandonment",
        "on abandonment",
        "on action \"A\"",
        "on action \"B\"",
        "on event \"E\"",
        "on deliverable \"D\"",
    ];
    let dates = [
        "on month end",
        "1 month after start",
        "45 days after start",
        "2 months after signature",
        "on 2025-03-31",
    ];
    if calendar && random.one_in(3) { *random.pick(&dates) } else { *random.pick(&events) }
        .to_owned()
}

fn condition(random: &mut Random, hours: bool) -> String {
    let tests = [
        "duration < 1 month",
        "duration >= 1 month",
        "duration > 2 months",
        "duration <= 2 months",
        "duration from 1 month to under 3 months",
        "duration >= 30 days",
        "duration >= 6 weeks",
        "duration < 60 days",
        "started",
        "signed",
        "not ended",
        "action \"A\" done",
        "deliverable \"D\" received",
        "event \"E\" happened",
    ];
    let measured = ["hours >= 2", "hours < 5", "attendance < 25 %", "attendance >= 80 %"];
    let mut text = if hours && random.one_in(3) {
        random.pick(&measured).to_string()
    } else {
        random.pick(&tests).to_string()
    };
    if random.one_in(6) {
        text = format!("not {text}");
    }
    if random.one_in(4) {
        let join = random.pick(&["and", "or"]).to_string();
        text = format!("{text} {join} {}", condition(random, hours));
    }
    text
}
