# 10 and above are sessions, 1 is the end, 2 the abandonment; ten hours, 300000 units, are planned.
package billing

decision := floor(((input.hours * 9000) + 15000) / 30000) if {
	input.what >= 10
} else := [0, 0, 90000] if {
	input.what == 1
} else := [0, 1, 22500] if {
	input.what == 2
	input.total * 100 < 300000 * 25
} else := [0, 2, input.unbilled] if {
	input.what == 2
	input.total * 100 < 300000 * 80
} else := [0, 3, 90000] if {
	input.what == 2
} else := 0
