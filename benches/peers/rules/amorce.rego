# 11 and 13 are hourly actions at 12, 12 one at 4, 16 the last interview, 3 the end of a month.
package billing

decision := floor(((input.hours * 1200) + 15000) / 30000) if {
	input.what == 11
} else := floor(((input.hours * 400) + 15000) / 30000) if {
	input.what == 12
} else := floor(((input.hours * 1200) + 15000) / 30000) if {
	input.what == 13
} else := [worth, 1, input.unbilled + worth] if {
	input.what == 16
	worth := floor(((input.hours * 1200) + 15000) / 30000)
} else := [0, 0, input.unbilled] if {
	input.what == 3
} else := 0
