//! Lines as contracts have them, what their help quotes, and the line as that says.

/// A line as it was written, what its help quotes, and the line as that says: it is sound.
pub const LINES: [(&str, &str, &str); 72] = [
    (
        "balance \"N\": nothing on abandonment within 14 days",
        "`on abandonment if since signature < 14 days` from the signature",
        "balance \"N\": nothing on abandonment if since signature < 14 days",
    ),
    (
        "solde \"N\" : 40 % à l'abandon après 3 mois",
        "`à l'abandon si durée >= 3 mois` depuis le démarrage",
        "solde \"N\" : 40 % à l'abandon si durée >= 3 mois",
    ),
    (
        "installment \"M\": 10 EUR each session",
        "`each action \"session\"` if it is an action",
        "installment \"M\": 10 EUR each action \"session\"",
    ),
    (
        "échéance \"M\" : 10 % après 5 heures",
        "`à l'action \"Séance\" si heures >= 5 heures`",
        "échéance \"M\" : 10 % à l'action \"Séance\" si heures >= 5 heures",
    ),
    (
        "installment \"M\": 10 % after 5 hours",
        "`on action \"Session\" if hours >= 5 hours`",
        "installment \"M\": 10 % on action \"Session\" if hours >= 5 hours",
    ),
    (
        "échéance \"M\" : 10 % à la fin si trois séances ont eu lieu",
        "`action \"Séance\" faite au moins 3 fois` pour autant ou davantage",
        "échéance \"M\" : 10 % à la fin si action \"Séance\" faite au moins 3 fois",
    ),
    (
        "installment \"M\": 10 % on end if exactly 3 sessions took place",
        "action \"Session\" done at least 3 times and not action \"Session\" done at least 4 times",
        "installment \"M\": 10 % on end if action \"Session\" done at least 3 times and not action \"Session\" done at least 4 times",
    ),
    (
        "échéance \"M\" : 10 % à l'abandon si aucune séance n'a eu lieu",
        "non action \"Séance\" faite",
        "échéance \"M\" : 10 % à l'abandon si non action \"Séance\" faite",
    ),
    (
        "installment \"M\": 10 % on end if action \"Session\" done more than 3 times",
        "action \"Session\" done at least 4 times",
        "installment \"M\": 10 % on end if action \"Session\" done at least 4 times",
    ),
    (
        "échéance \"M\" : 10 % à la fin si action \"Séance\" faite exactement 3 fois ou démarré",
        "(action \"Séance\" faite au moins 3 fois et non action \"Séance\" faite au moins 4 fois)",
        "échéance \"M\" : 10 % à la fin si (action \"Séance\" faite au moins 3 fois et non action \"Séance\" faite au moins 4 fois) ou démarré",
    ),
    (
        "échéance \"M\" : 10 % à la fin si les séances ont eu lieu",
        "action \"Séance\" faite",
        "échéance \"M\" : 10 % à la fin si action \"Séance\" faite",
    ),
    (
        "échéance \"M\" : 10 % à l'abandon si abandonné après plus de 4 mois",
        "durée > 4 mois",
        "échéance \"M\" : 10 % à l'abandon si durée > 4 mois",
    ),
    (
        "installment \"M\": 10 % on abandonment if abandoned after more than 3 sessions",
        "action \"Session\" done at least 4 times",
        "installment \"M\": 10 % on abandonment if action \"Session\" done at least 4 times",
    ),
    (
        "échéance \"M\" : 10 % le 1er de chaque mois",
        "100 % en 10 fois le 1 de chaque mois",
        "échéance \"M\" : 100 % en 10 fois le 1 de chaque mois",
    ),
    (
        "installment \"M\": 6 x 100 EUR on day 5",
        "100 EUR on day 5 of each month, at most 6 times",
        "installment \"M\": 100 EUR on day 5 of each month, at most 6 times",
    ),
    (
        "échéance \"M\" : 3 x 10 % le 5",
        "30 % en 3 fois le 5 de chaque mois",
        "échéance \"M\" : 30 % en 3 fois le 5 de chaque mois",
    ),
    (
        "installment \"M\": 30 % in 12 payments",
        "in 12 parts each month end",
        "installment \"M\": 30 % in 12 parts each month end",
    ),
    (
        "échéance \"M\" : trois mensualités de 100 EUR",
        "100 EUR à chaque fin de mois, au plus 3 fois",
        "échéance \"M\" : 100 EUR à chaque fin de mois, au plus 3 fois",
    ),
    (
        "échéance \"M\" : en trois mensualités",
        "100 % en 3 fois à chaque fin de mois",
        "échéance \"M\" : 100 % en 3 fois à chaque fin de mois",
    ),
    (
        "installment \"M\": 10 % on end if duration is over 4 months",
        "duration > 4 months",
        "installment \"M\": 10 % on end if duration > 4 months",
    ),
    (
        "échéance \"M\" : 10 % à la fin si la durée dépasse 4 mois",
        "durée > 4 mois",
        "échéance \"M\" : 10 % à la fin si durée > 4 mois",
    ),
    (
        "arrhes \"A\" : 30 % à la signature",
        "acompte \"Arrhes\": 30 % à la signature",
        "acompte \"Arrhes\" : 30 % à la signature",
    ),
    (
        "arrhes : 30 %",
        "le client qui se dédit les perd",
        "solde \"Dédit\" : jusqu'à 30 %, sans remboursement, à l'événement \"Dédit\"",
    ),
    (
        "échéance \"M\" : 3 x 10 % à chaque fin de mois",
        "30 % en 3 fois à chaque fin de mois",
        "échéance \"M\" : 30 % en 3 fois à chaque fin de mois",
    ),
    (
        "installment \"M\": 3 x 10 % each month end",
        "30 % in 3 parts each month end",
        "installment \"M\": 30 % in 3 parts each month end",
    ),
    (
        "installment \"M\": 10 % on abandonment if abandoned within 14 days of signature",
        "since signature < 14 days",
        "installment \"M\": 10 % on abandonment if since signature < 14 days",
    ),
    (
        "échéance \"M\" : 10 % à l'abandon si abandon dans les 14 jours de la signature",
        "depuis la signature < 14 jours",
        "échéance \"M\" : 10 % à l'abandon si depuis la signature < 14 jours",
    ),
    (
        "installment \"M\": 10 % on abandonment if notice is at most 36 hours",
        "36 hours are no whole days: decide how many it is, as in `notice <= 2 days`",
        "installment \"M\": 10 % on abandonment if notice <= 2 days",
    ),
    (
        "échéance \"F\" : 50 EUR à la signature, en sus du prix, pour \"Employeur\"",
        ", à la charge de \"Employeur\"",
        "échéance \"F\" : 50 EUR à la signature, en sus du prix, à la charge de \"Employeur\"",
    ),
    (
        "échéance \"F\" : 50 EUR à la signature pour \"Employeur\"",
        ", en sus du prix, à la charge de \"Employeur\"",
        "échéance \"F\" : 50 EUR à la signature, en sus du prix, à la charge de \"Employeur\"",
    ),
    (
        "échéance \"F\" : 50 EUR à la charge de l'employeur à la signature",
        ", en sus du prix, à la charge de \"Employeur\"",
        "échéance \"F\" : 50 EUR à la signature, en sus du prix, à la charge de \"Employeur\"",
    ),
    (
        "échéance \"M\" : 50 % à mi-parcours",
        "à l'événement \"Mi-parcours\"",
        "échéance \"M\" : 50 % à l'événement \"Mi-parcours\"",
    ),
    (
        "échéance \"M\" : 50 % à mi-parcours",
        "à l'avancement si avancement >= 50 %",
        "échéance \"M\" : 50 % à l'avancement si avancement >= 50 %",
    ),
    (
        "échéance \"M\" : 50 % à 30 % d'avancement",
        "à l'avancement si avancement >= 30 %",
        "échéance \"M\" : 50 % à l'avancement si avancement >= 30 %",
    ),
    (
        "échéance \"M\" : 10 % après la 5e séance",
        "à l'action \"Séance\" si action \"Séance\" faite au moins 5 fois",
        "échéance \"M\" : 10 % à l'action \"Séance\" si action \"Séance\" faite au moins 5 fois",
    ),
    (
        "échéance \"M\" : 10 % à la fin si plus de 3 séances faites",
        "action \"Séance\" faite au moins 4 fois",
        "échéance \"M\" : 10 % à la fin si action \"Séance\" faite au moins 4 fois",
    ),
    (
        "échéance \"M\" : 10 % à l'abandon si abandon après 4 mois",
        "durée >= 4 mois",
        "échéance \"M\" : 10 % à l'abandon si durée >= 4 mois",
    ),
    (
        "échéance \"M\" : 10 % à la fin si le montant dépasse 500 EUR",
        "si événement \"Grosse commande\" survenu",
        "échéance \"M\" : 10 % à la fin si événement \"Grosse commande\" survenu",
    ),
    (
        "acompte \"D\" : 20 % à la signature, non remboursable",
        "solde \"Abandon\": jusqu'à 20 %, sans remboursement, à l'abandon si signé",
        "solde \"Abandon\" : jusqu'à 20 %, sans remboursement, à l'abandon si signé",
    ),
    (
        "échéance \"I\" : 100 EUR à la signature, non remboursable",
        "retirez ces mots : ce que facture une échéance n'est rendu que par",
        "échéance \"I\" : 100 EUR à la signature",
    ),
    (
        "acompte \"D\" : 20 % à la signature, à déduire",
        "retirez ces mots",
        "acompte \"D\" : 20 % à la signature",
    ),
    ("solde \"B\" : solde à la fin", "reste", "solde \"B\" : reste à l'événement \"B\""),
    ("solde \"B\" : le reste dû à la fin", "reste", "solde \"B\" : reste à l'événement \"B\""),
    (
        "solde \"B\" : au prorata des heures réalisées à la fin",
        "prorata assiduité",
        "solde \"B\" : prorata assiduité à l'événement \"B\"",
    ),
    (
        "action \"Visite\" : 70 €",
        "action \"Visite\" forfait 70 €",
        "action \"Visite\" forfait 70 €",
    ),
    ("action \"Visite\" 70 € la visite", "forfait 70 €", "action \"Visite\" forfait 70 €"),
    (
        "acompte \"D\" : 20 % le jour de la signature",
        "à la signature",
        "acompte \"D\" : 20 % à la signature",
    ),
    ("acompte \"D\" : 20 % payable à la signature", "paiement à 30 jours", "paiement à 30 jours"),
    (
        "remise \"R\" : 10 % pour inscription avant le 01/09/2025",
        "à la signature si signé avant le 01/09/2025",
        "remise \"R\" : 10 % à la signature si signé avant le 01/09/2025",
    ),
    (
        "échéance \"M\" : 10 % à l'abandon si délai < 48 heures",
        "délai avant le démarrage < 2 jours",
        "échéance \"M\" : 10 % à l'abandon si délai avant le démarrage < 2 jours",
    ),
    (
        "échéance \"M\" : 10 % à l'abandon si délai avant le démarrage < 48 heures",
        "2 jours",
        "échéance \"M\" : 10 % à l'abandon si délai avant le démarrage < 2 jours",
    ),
    (
        "échéance \"M\" : 100 EUR/mois",
        "100 EUR à chaque fin de mois",
        "échéance \"M\" : 100 EUR à chaque fin de mois",
    ),
    (
        "échéance \"M\" : 3 x 100 EUR à chaque fin de mois",
        "100 EUR à chaque fin de mois, au plus 3 fois",
        "échéance \"M\" : 100 EUR à chaque fin de mois, au plus 3 fois",
    ),
    ("indexation 2 % par an", "échéancier \"…\" en vigueur à compter du 01/01/2026", ""),
    ("admet fuite", "admet fuite \"…\"", "admet fuite \"clos à la main\""),
    (
        "installment \"F\": 50 EUR on signature, beside the price, paid by \"Employer\"",
        ", charged to \"Employer\"",
        "installment \"F\": 50 EUR on signature, beside the price, charged to \"Employer\"",
    ),
    (
        "installment \"M\": 50 % halfway",
        "on event \"Halfway\"",
        "installment \"M\": 50 % on event \"Halfway\"",
    ),
    (
        "installment \"M\": 50 % at the halfway point",
        "3 months after start",
        "installment \"M\": 50 % 3 months after start",
    ),
    (
        "installment \"M\": 50 % after 10 sessions",
        "on action \"Session\" if action \"Session\" done at least 10 times",
        "installment \"M\": 50 % on action \"Session\" if action \"Session\" done at least 10 times",
    ),
    (
        "installment \"M\": 10 % on end if fewer than 3 sessions",
        "not action \"Session\" done at least 3 times",
        "installment \"M\": 10 % on end if not action \"Session\" done at least 3 times",
    ),
    (
        "installment \"M\": 10 % on end if the amount exceeds 500 EUR",
        "if event \"Large order\" happened",
        "installment \"M\": 10 % on end if event \"Large order\" happened",
    ),
    (
        "installment \"M\": 10 % on abandonment if notice is no more than 72 hours",
        "notice <= 3 days",
        "installment \"M\": 10 % on abandonment if notice <= 3 days",
    ),
    (
        "deposit \"D\": 20 % on signature, non-refundable",
        "balance \"Withdrawal\": up to 20 %, no refund, on abandonment if signed",
        "balance \"Withdrawal\": up to 20 %, no refund, on abandonment if signed",
    ),
    (
        "deposit \"D\": 300 EUR on signature, non-refundable",
        "balance \"Withdrawal\": 300 EUR on abandonment if signed",
        "balance \"Withdrawal\": 300 EUR on abandonment if signed",
    ),
    (
        "installment \"R\": 100 EUR on signature, non-refundable",
        "leave it out: what an installment bills is given back only by",
        "installment \"R\": 100 EUR on signature",
    ),
    (
        "deposit \"D\": 20 % on signature, to be deducted",
        "leave it out",
        "deposit \"D\": 20 % on signature",
    ),
    ("balance \"B\": balance on end", "remainder", "balance \"B\": remainder on event \"B\""),
    (
        "balance \"B\": 100 % minus the deposit on end",
        "leave it out",
        "balance \"B\": 100 % on event \"B\"",
    ),
    (
        "deposit \"D\": 20 % on the day of signature",
        "on signature",
        "deposit \"D\": 20 % on signature",
    ),
    (
        "late fee 2 %",
        "installment \"Late fee\": … EUR on event \"Late payment\", beside the price",
        "installment \"Late payment\": 40 EUR on event \"Late payment\", beside the price",
    ),
    (
        "cancellation policy: 48 hours",
        "balance \"Cancellation\": … on abandonment if notice < 2 days",
        "balance \"Cancellation\": 50 % on abandonment if notice < 2 days",
    ),
    ("client \"Smith\"", "payer \"Fund\": 70 %", ""),
];
