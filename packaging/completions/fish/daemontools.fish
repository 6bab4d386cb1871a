# Completion of daemontools' commands for fish.
# It is installed as svc.fish, say, and linked to the name of each other command: it completes the command of its name.
# A service is completed by its name in $SVDIR, /service or /etc/service, whichever there is.

# How many operands stand before the word at the cursor. The arguments are the options that take the next word.
function __daemontools_operands
    set -l words (commandline -opc)
    set -e words[1]
    while set -q words[1]; and string match -q -- '-?*' $words[1]
        set -l word $words[1]
        set -e words[1]
        test $word = --; and break
        contains -- $word $argv; and set -e words[1]
    end
    count $words
end

# The services by name, as paths, and directories.
function __daemontools_services
    set -l word (commandline -ct)
    if not string match -q -- '*/*' $word
        for root in $SVDIR /service /etc/service
            test -d $root; or continue
            for service in $root/*/
                string match -q -- "$word*" (basename $service); and printf '%s\tservice\n' (string trim -rc / -- $service)
            end
            break
        end
    end
    __fish_complete_directories $word
end

function __daemontools_is_first
    test (count (commandline -opc)) -eq 1
end

# Options before the operands: -x if they take the next word, else -f; then of each its letter and what it is.
function __daemontools_options -a command kind
    for option in $argv[3..-1]
        set -l letter_and_text (string split -m 1 ' ' -- $option)
        complete -c $command $kind -s $letter_and_text[1] -d $letter_and_text[2] -n 'test (__daemontools_operands) -eq 0'
    end
end

set -l command (basename (status filename) .fish)
complete -c $command -f
complete -c $command -n __daemontools_is_first -l help -d 'Print a summary'
complete -c $command -n __daemontools_is_first -l version -d 'Print the version'

switch $command
    case svc
        complete -c svc -a '(__daemontools_services)'
        __daemontools_options svc -f \
            'u Up: start the service, and again whenever it ends' \
            'd Down: send it TERM and CONT, and do not start it again' \
            'o Once: start it, but not again' \
            'p Pause: send it STOP' \
            'c Continue: send it CONT' \
            'h Send it HUP' \
            'a Send it ALRM' \
            'i Send it INT' \
            't Send it TERM' \
            'k Send it KILL' \
            'x Exit: supervise leaves as soon as the service is down' \
            'q Send it QUIT' \
            '1 Send it USR1' \
            '2 Send it USR2' \
            'w Send it WINCH'
        complete -c svc -n 'test (__daemontools_operands) -eq 0' -l restart -d 'End the service, and start it again'
        complete -c svc -n 'test (__daemontools_operands) -eq 0' -l reload -d 'Have it read its configuration again'
        complete -c svc -n 'test (__daemontools_operands) -eq 0' -x -l signal -a 'HUP ALRM INT TERM KILL QUIT USR1 USR2 WINCH STOP CONT' \
            -d 'Send it a signal'
        complete -c svc -n 'test (__daemontools_operands) -eq 0' -x -l wait -a 'up ready down finished restarted' \
            -d 'Return when each service is there'
        complete -c svc -n 'test (__daemontools_operands) -eq 0' -x -l timeout -d 'Wait no longer'
    case svstat
        complete -c svstat -n __daemontools_is_first -l table -d 'Print a table, troubles first'
        complete -c svstat -n __daemontools_is_first -l watch -d 'Show the table on the whole screen'
        complete -c svstat -n __daemontools_is_first -l json -d 'Print an array of objects'
        complete -c svstat -n __daemontools_is_first -l metrics -d 'Print metrics for Prometheus'
        complete -c svstat -n __daemontools_is_first -l quiet -d 'Exit 1 if a service is not as wanted'
        complete -c svstat -a '(__daemontools_services)'
    case svok
        complete -c svok -n __daemontools_is_first -l ready -d 'Tell whether the service is ready'
        complete -c svok -n 'test (__daemontools_operands) -eq 0' -a '(__daemontools_services)'
    case supervise
        complete -c supervise -n 'test (__daemontools_operands) -eq 0' -a '(__fish_complete_directories)'
        complete -c supervise -n 'test (__daemontools_operands) -eq 0' -l stop-on-term -d 'End the service, and then itself, on TERM'
    case svscanboot
        complete -c svscanboot -n 'test (__daemontools_operands) -eq 0' -a '(__fish_complete_directories)'
        complete -c svscanboot -n 'test (__daemontools_operands) -eq 0' -l stop-on-term -d 'Become svscan in charge'
        complete -c svscanboot -n 'test (__daemontools_operands) -eq 0' -x -l grace -d 'Kill what still runs so many seconds after TERM'
        complete -c svscanboot -n 'test (__daemontools_operands) -eq 0' -x -l log -d 'The service that reads what has no other log'
    case svscan
        complete -c svscan -n 'test (__daemontools_operands) -eq 0' -a '(__fish_complete_directories)'
        complete -c svscan -n 'test (__daemontools_operands) -eq 0' -l stop-on-term -d 'End the services, and then itself, on TERM'
        complete -c svscan -n 'test (__daemontools_operands) -eq 0' -x -l grace -d 'Kill what still runs so many seconds after TERM'
        complete -c svscan -n 'test (__daemontools_operands) -eq 0' -x -l log -d 'The service that reads what has no other log'
        complete -c svscan -n 'test (__daemontools_operands) -eq 0' -l check -d 'Start nothing, and say what is wrong'
        complete -c svscan -n 'test (__daemontools_operands) -eq 0' -l json -d 'With --check: as JSON'
    case multilog
        complete -c multilog -n __daemontools_is_first -l check -d 'Say what each action means'
        complete -c multilog -a '(__fish_complete_directories)'
    case tai64nlocal
        complete -c tai64nlocal -n 'test (__daemontools_operands) -eq 0' -l log -d 'Show log directories, or the logs of services'
        complete -c tai64nlocal -n 'test (__daemontools_operands) -eq 0' -l follow -d 'Go on as lines come'
        complete -c tai64nlocal -n 'test (__daemontools_operands) -eq 0' -x -l since -a 'today yesterday 10m 2h' -d 'Only what is not older'
        complete -c tai64nlocal -n 'test (__daemontools_operands) -eq 0' -x -l last -d 'Only so many of the last lines'
        complete -c tai64nlocal -n 'test (__daemontools_operands) -eq 0' -l utc -d 'Show times in UTC'
        complete -c tai64nlocal -a '(__daemontools_services)'
    case envdir
        complete -c envdir -n __daemontools_is_first -a '(__fish_complete_directories)'
        complete -c envdir -n 'not __daemontools_is_first' -a '(__fish_complete_subcommand --fcs-skip=2)'
    case envuidgid setuidgid
        complete -c $command -n __daemontools_is_first -a '(__fish_complete_users)'
        complete -c $command -n 'not __daemontools_is_first' -a '(__fish_complete_subcommand --fcs-skip=2)'
    case pgrphack fghack
        complete -c $command -a '(__fish_complete_subcommand)'
    case setlock
        complete -c setlock -n 'test (__daemontools_operands) -eq 0' -F
        complete -c setlock -n 'test (__daemontools_operands) -gt 0' -a '(__fish_complete_subcommand --fcs-skip=2)'
        __daemontools_options setlock -f \
            'n Fail if the file is locked' \
            'N Wait until the file can be locked' \
            'x Exit 0 without a word if the file cannot be opened or locked' \
            'X Say so, and exit 111'
    case softlimit
        set -l limits -a -c -d -f -l -m -o -p -r -s -t
        complete -c softlimit -a "(__fish_complete_subcommand $limits)"
        __daemontools_options softlimit -x \
            'a Address space' \
            'c Core file' \
            'd Data segment' \
            'f Each file that it writes' \
            'l Locked memory' \
            'm -d, -s, -l and -a at once' \
            'o Descriptors' \
            'p Processes of the user' \
            'r Resident memory' \
            's Stack' \
            't CPU time'
end
