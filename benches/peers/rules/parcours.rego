# 13 is the action "Entretien Diag de clôture", 14 is "Entretien Bilan Final", 2 the abandonment.
package billing

decision := [0, 0, 36000] if {
	input.what == 13
} else := [0, 4, 72000] if {
	input.what == 14
	input.months < 4
} else := [0, 3, 180000] if {
	input.what == 14
	input.months < 10
} else := [0, 1, 36000] if {
	input.what == 2
	input.months >= 0
	input.months < 4
} else := [0, 2, 72000] if {
	input.what == 2
	input.months >= 4
	input.months < 10
} else := 0
