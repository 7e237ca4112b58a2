package virga.server.cli;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;
import virga.kernel.Clock;
import virga.kernel.system.SystemPorts;

/** The {@code virga} command. What its commands share: exit codes, how they explain themselves, and how they tell failures. */
@CommandLine.Command(
        name = "./virga",
        description = {
            "A serverless cloud in one process on your own machine.",
            "",
            "Each command explains itself: ./virga COMMAND --help. Most take --json. The launcher itself has one more: "
                    + "./virga exec -- COMMAND runs any AWS tool against the cloud."
        },
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "  ./virga up --memory",
            "  ./virga deploy template.yaml --stack orders",
            "  ./virga trace --logs",
            "  ./virga exec -- aws s3 ls"
        })
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(commandLine(Terminal.ofProcess(), arguments).execute(arguments));
    }

    /** Knows the command that {@code arguments} begin with, or all where they begin with none: to make all takes long. */
    static CommandLine commandLine(Terminal terminal, String... arguments) {
        Map<String, Supplier<Object>> known = commands(terminal);
        CommandLine all = new CommandLine(new Main());
        if (arguments.length > 0 && known.containsKey(arguments[0])) {
            known.keySet().retainAll(Set.of(arguments[0]));
        }
        known.forEach((name, command) -> all.addSubcommand(name, command.get()));
        Failures failures = new Failures(terminal);
        explain(all, terminal.width());
        return all.setParameterExceptionHandler(failures).setExecutionExceptionHandler(failures);
    }

    /** Every command by its name, in the order in which help lists them. */
    private static Map<String, Supplier<Object>> commands(Terminal terminal) {
        Clock clock = SystemPorts.of(0, Duration.ZERO, unused -> {}).clock();
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("demo", () -> new DemoCommand(terminal));
        commands.put("up", () -> new UpCommand(terminal));
        commands.put("down", () -> new DownCommand(terminal));
        commands.put("status", () -> new StatusCommand(terminal));
        commands.put("doctor", () -> new DoctorCommand(terminal));
        commands.put("credentials", () -> new CredentialsCommand(terminal));
        commands.put("deploy", () -> new DeployCommand(terminal, clock));
        commands.put("gaps", () -> new GapsCommand(terminal));
        commands.put("invoke", () -> new InvokeCommand(terminal));
        commands.put("logs", () -> new LogsCommand(terminal, clock));
        commands.put("trace", () -> new TraceCommand(terminal));
        commands.put("review", () -> new ReviewCommand(terminal));
        commands.put("replay", () -> new ReplayCommand(terminal));
        commands.put("env", () -> EnvCommand.commandLine(terminal));
        commands.put("clock", () -> ClockCommand.commandLine(terminal));
        return commands;
    }

    /** Gives a command and those below it the parts of their help that are the same for all. */
    private static void explain(CommandLine command, int width) {
        Map<String, String> exitCodes = new LinkedHashMap<>();
        exitCodes.put("0", "done");
        exitCodes.put("1", "failed: the cloud refused it, or what was asked for did not succeed");
        exitCodes.put("2", "wrong usage: an argument, an option or a file that it names is not right");
        exitCodes.put("3", "no cloud answers; ./virga up starts one");
        UsageMessageSpec help = command.getCommandSpec().usageMessage();
        help.width(width)
                .descriptionHeading("%n")
                .parameterListHeading("%nArguments:%n")
                .optionListHeading("%nOptions:%n")
                .commandListHeading("%nCommands:%n")
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(exitCodes);
        if (help.footer().length > 0) {
            help.footerHeading("%nExamples:%n");
        }
        command.getSubcommands().values().forEach(below -> explain(below, width));
    }
}
