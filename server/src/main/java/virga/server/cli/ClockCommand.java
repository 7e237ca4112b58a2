package virga.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "clock",
        description = "An environment's time: visibility timeouts, schedules, retries and expiry follow it.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "  ./virga clock show",
            "  ./virga clock freeze",
            "  ./virga clock advance 2h",
            "  ./virga clock resume"
        })
final class ClockCommand {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,12})([smhd]?)");

    private ClockCommand() {}

    static CommandLine commandLine(Terminal terminal) {
        return new CommandLine(new ClockCommand())
                .addSubcommand(new Show(terminal))
                .addSubcommand(new Advance(terminal))
                .addSubcommand(new Freeze(terminal))
                .addSubcommand(new Resume(terminal));
    }

    /** {@code 90}, {@code 90s}, {@code 15m}, {@code 2h}, {@code 3d}. */
    static Duration duration(String text) {
        Matcher form = DURATION.matcher(text);
        if (!form.matches()) {
            throw Failures.usage("not a duration: " + text + " (say 90s, 15m, 2h or 3d)");
        }
        long value = Long.parseLong(form.group(1));
        return switch (form.group(2)) {
            case "m" -> Duration.ofMinutes(value);
            case "h" -> Duration.ofHours(value);
            case "d" -> Duration.ofDays(value);
            default -> Duration.ofSeconds(value);
        };
    }

    /** Asks something of the clock, and shows how it stands then. */
    private abstract static class OfClock extends Command {
        @Mixin
        private Telling telling;

        OfClock(Terminal terminal) {
            super(terminal);
        }

        abstract JsonNode ask(RunningCloud cloud) throws RunningCloud.NotRunning;

        static JsonNode change(RunningCloud cloud, ObjectNode wanted) throws RunningCloud.NotRunning {
            return cloud.post("/_virga/clock", wanted);
        }

        static ObjectNode action(String name) {
            return RunningCloud.object().put("action", name);
        }

        @Override
        final int run(RunningCloud cloud) throws RunningCloud.NotRunning {
            JsonNode clock = ask(cloud);
            String still = clock.path("frozen").asBoolean() ? " (stands still)" : "";
            telling.tell(
                    terminal(), clock, () -> terminal().line(clock.path("now").asText() + still));
            return OK;
        }
    }

    @CommandLine.Command(
            name = "show",
            description = "Shows the environment's time.",
            mixinStandardHelpOptions = true,
            footer = {"  ./virga clock show", "  ./virga clock show --json"})
    static final class Show extends OfClock {
        Show(Terminal terminal) {
            super(terminal);
        }

        @Override
        JsonNode ask(RunningCloud cloud) throws RunningCloud.NotRunning {
            return cloud.get("/_virga/clock");
        }
    }

    @CommandLine.Command(
            name = "advance",
            description = "Moves the time ahead; what comes due happens.",
            mixinStandardHelpOptions = true,
            footer = {"  ./virga clock advance 15m", "  ./virga clock advance 3d --environment staging"})
    static final class Advance extends OfClock {
        @Parameters(paramLabel = "DURATION", description = "As in 90s, 15m, 2h, 3d.")
        private String duration;

        Advance(Terminal terminal) {
            super(terminal);
        }

        @Override
        JsonNode ask(RunningCloud cloud) throws RunningCloud.NotRunning {
            long seconds = duration(duration).toSeconds();
            return change(cloud, action("advance").put("seconds", seconds));
        }
    }

    @CommandLine.Command(
            name = "freeze",
            description = "Stops the time.",
            mixinStandardHelpOptions = true,
            footer = "  ./virga clock freeze")
    static final class Freeze extends OfClock {
        Freeze(Terminal terminal) {
            super(terminal);
        }

        @Override
        JsonNode ask(RunningCloud cloud) throws RunningCloud.NotRunning {
            return change(cloud, action("freeze"));
        }
    }

    @CommandLine.Command(
            name = "resume",
            description = "Lets the time run on.",
            mixinStandardHelpOptions = true,
            footer = "  ./virga clock resume")
    static final class Resume extends OfClock {
        Resume(Terminal terminal) {
            super(terminal);
        }

        @Override
        JsonNode ask(RunningCloud cloud) throws RunningCloud.NotRunning {
            return change(cloud, action("resume"));
        }
    }
}
