<?php
// What every host must answer, through PHP's FFI. In: the library, the folder of conformance.
[, $library, $folder] = $argv;
// FFI reads no directives: what is left are the types and functions.
$header = preg_replace(['/^#.*$/m', '/^extern "C" \{$/m', '/^\}  \/\/ extern "C"$/m'], '', file_get_contents(__DIR__ . '/../jalon.h'));
$header = preg_replace('/extern "C" \{|\}\s*\/\/ extern "C"/', '', $header);
$ffi = FFI::cdef($header, $library);
$keep = [];
$text = function (string $value) use ($ffi, &$keep) {
    $c = $ffi->new('char[' . (strlen($value) + 1) . ']', false);
    FFI::memcpy($c, $value . "\0", strlen($value) + 1);
    $keep[] = $c;
    return FFI::addr($c);
};
$hash = hash_init('sha256');
$add = fn(string $name, string $file, string $answer) => hash_update($hash, "$name/$file\n$answer");
$lines = fn(array $objects) => implode('', array_map(
    fn($one) => json_encode($one, JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_LINE_TERMINATORS) . "\n", $objects));
foreach (explode("\n", trim(file_get_contents("$folder/calls"))) as $call) {
    [$what, $name, $lang, $as_of] = $parts = explode(' ', $call);
    // Before the schedules stand invoices and their events, or issued lines.
    $follows = in_array($what, ['follow', 'unpaid', 'journal']);
    $beside = $follows ? 2 : ($what === 'leaks' ? 1 : 0);
    $names = array_slice($parts, 4 + $beside);
    $given = array_map(fn($file) => file_get_contents("$folder/$name/$file"), array_slice($parts, 4, $beside));
    $bytes = fn(string $value) => $ffi->cast('uint8_t *', $text($value));
    $files = $ffi->new('jalon_file[' . count($names) . ']');
    foreach ($names as $place => $file) {
        $source = file_get_contents("$folder/$name/$file");
        $files[$place]->name = $ffi->cast('char *', $text($file));
        $files[$place]->text = $ffi->cast('uint8_t *', $text($source));
        $files[$place]->length = strlen($source);
    }
    $error = $ffi->new('char *');
    $schedules = $ffi->jalon_compile($files, count($names), $lang, FFI::addr($error));
    if ($what === 'check') {
        $told = json_decode(FFI::string($error));
        $ffi->jalon_text_free($error);
        $add($name, 'findings.ndjson', $lines($told->findings));
        continue;
    }
    if ($schedules === null || FFI::isNull($schedules)) { fwrite(STDERR, FFI::string($error) . "\n"); exit(1); }
    if ($what === 'verify') {
        $proof = $ffi->jalon_verify($schedules, FFI::addr($error));
        $add($name, 'proof.ndjson', FFI::string($proof) . "\n");
        $ffi->jalon_text_free($proof);
    } elseif ($follows) {
        $of = $ffi->new('jalon_invoices');
        [$of->invoices, $of->invoices_length] = [$bytes($given[0]), strlen($given[0])];
        [$of->events, $of->events_length] = [$bytes($given[1]), strlen($given[1])];
        $of->as_of = $ffi->cast('char *', $text($as_of));
        $asked = $what === 'follow' ? [FFI::addr($of), null] : [FFI::addr($of)];
        $told = $ffi->{"jalon_$what"}($schedules, ...$asked, ...[FFI::addr($error)]);
        $add($name, "$what.ndjson", FFI::string($told) . "\n");
        $ffi->jalon_text_free($told);
    } elseif ($what === 'explain') {
        $events = file_get_contents("$folder/$name/events.ndjson");
        $options = $ffi->new('jalon_options');
        $options->as_of = $ffi->cast('char *', $text($as_of));
        $told = $ffi->jalon_explain($schedules, $bytes($events), strlen($events), null, FFI::addr($options), FFI::addr($error));
        $add($name, 'explain.ndjson', FFI::string($told) . "\n");
        $ffi->jalon_text_free($told);
    } elseif ($what === 'leaks') {
        $events = file_get_contents("$folder/$name/events.ndjson");
        $options = $ffi->new('jalon_options');
        $options->as_of = $ffi->cast('char *', $text($as_of));
        $told = $ffi->jalon_leaks($schedules, $bytes($events), strlen($events), $bytes($given[0]), strlen($given[0]), FFI::addr($options), FFI::addr($error));
        $add($name, 'leaks.ndjson', FFI::string($told) . "\n");
        $ffi->jalon_text_free($told);
    } else {
        $events = file_get_contents("$folder/$name/events.ndjson");
        $options = $ffi->new('jalon_options');
        $options->as_of = $ffi->cast('char *', $text($as_of));
        $options->invoices = $options->notices = true;
        $answer = $ffi->jalon_evaluate($schedules, $ffi->cast('uint8_t *', $text($events)), strlen($events), FFI::addr($options), FFI::addr($error));
        foreach (['lines', 'invoices', 'withheld', 'notices'] as $part) {
            $given = $ffi->{"jalon_answer_$part"}($answer, null);
            $add($name, "$part.ndjson", is_string($given) ? $given : FFI::string($given));
        }
        $ffi->jalon_answer_free($answer);
    }
    $ffi->jalon_schedules_free($schedules);
}
echo 'conformance php ', hash_final($hash), "\n";
