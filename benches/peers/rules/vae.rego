# 12 to 14 are hourly actions, 15 the post jury interview, 16 the jury, 1 the end, 2 the abandonment.
package billing

decision := floor(((input.hours * 7000) + 15000) / 30000) if {
	input.what == 12
} else := floor(((input.hours * 3500) + 15000) / 30000) if {
	input.what == 13
} else := floor(((input.hours * 2500) + 15000) / 30000) if {
	input.what == 14
} else := [30000, 0, input.unbilled + 30000] if {
	input.what == 15
} else := [0, 1, input.unbilled] if {
	input.what == 16
} else := [0, 1, input.unbilled] if {
	input.what == 1
} else := [0, 2, input.unbilled] if {
	input.what == 2
} else := 0
