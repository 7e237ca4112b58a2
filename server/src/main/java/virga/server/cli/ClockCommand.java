package virga.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;
import virga.kernel.Fault;

@CommandLine.Command(
        name = "clock",
        description = "An environment's time: visibility timeouts, schedules, retries and expiry follow it.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class ClockCommand {
    private ClockCommand() {}

    static CommandLine commandLine(Terminal terminal) {
        return new CommandLine(new ClockCommand())
                .addSubcommand(new Show(terminal))
                .addSubcommand(new Advance(terminal))
                .addSubcommand(new Freeze(terminal))
                .addSubcommand(new Resume(terminal));
    }

    private static void show(Terminal terminal, JsonNode clock) {
        terminal.line(clock.path("now").asText() + (clock.path("frozen").asBoolean() ? " (stands still)" : ""));
    }

    /** {@code 90}, {@code 90s}, {@code 15m}, {@code 2h}, {@code 3d}. */
    static Duration duration(String text) {
        Matcher form = Pattern.compile("(\\d+)([smhd]?)").matcher(text);
        if (!form.matches()) {
            throw new Fault("Usage", 400, "not a duration: " + text + " (say 90s, 15m, 2h or 3d)");
        }
        long value = Long.parseLong(form.group(1));
        return switch (form.group(2)) {
            case "m" -> Duration.ofMinutes(value);
            case "h" -> Duration.ofHours(value);
            case "d" -> Duration.ofDays(value);
            default -> Duration.ofSeconds(value);
        };
    }

    @CommandLine.Command(name = "show", description = "Shows the environment's time.", mixinStandardHelpOptions = true)
    static final class Show extends Command {
        Show(Terminal terminal) {
            super(terminal);
        }

        @Override
        int run(RunningCloud cloud) throws RunningCloud.NotRunning {
            ClockCommand.show(terminal(), cloud.get("/_virga/clock"));
            return OK;
        }
    }

    @CommandLine.Command(
            name = "advance",
            description = "Moves the time ahead; what comes due happens.",
            mixinStandardHelpOptions = true)
    static final class Advance extends Command {
        @Parameters(paramLabel = "DURATION", description = "As in 90s, 15m, 2h, 3d.")
        private String duration;

        Advance(Terminal terminal) {
            super(terminal);
        }

        @Override
        int run(RunningCloud cloud) throws RunningCloud.NotRunning {
            long seconds = ClockCommand.duration(duration).toSeconds();
            ClockCommand.show(
                    terminal(),
                    cloud.post(
                            "/_virga/clock",
                            RunningCloud.object().put("action", "advance").put("seconds", seconds)));
            return OK;
        }
    }

    @CommandLine.Command(name = "freeze", description = "Stops the time.", mixinStandardHelpOptions = true)
    static final class Freeze extends Command {
        Freeze(Terminal terminal) {
            super(terminal);
        }

        @Override
        int run(RunningCloud cloud) throws RunningCloud.NotRunning {
            ClockCommand.show(
                    terminal(),
                    cloud.post("/_virga/clock", RunningCloud.object().put("action", "freeze")));
            return OK;
        }
    }

    @CommandLine.Command(name = "resume", description = "Lets the time run on.", mixinStandardHelpOptions = true)
    static final class Resume extends Command {
        Resume(Terminal terminal) {
            super(terminal);
        }

        @Override
        int run(RunningCloud cloud) throws RunningCloud.NotRunning {
            ClockCommand.show(
                    terminal(),
                    cloud.post("/_virga/clock", RunningCloud.object().put("action", "resume")));
            return OK;
        }
    }
}
