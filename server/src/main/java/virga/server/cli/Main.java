package virga.server.cli;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
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
        System.exit(commandLine(Terminal.ofProcess()).execute(arguments));
    }

    static CommandLine commandLine(Terminal terminal) {
        Clock clock = SystemPorts.of(0, Duration.ZERO, unused -> {}).clock();
        CommandLine all = new CommandLine(new Main())
                .addSubcommand(new DemoCommand(terminal))
                .addSubcommand(new UpCommand(terminal))
                .addSubcommand(new DownCommand(terminal))
                .addSubcommand(new StatusCommand(terminal))
                .addSubcommand(new DoctorCommand(terminal))
                .addSubcommand(new CredentialsCommand(terminal))
                .addSubcommand(new DeployCommand(terminal, clock))
                .addSubcommand(new GapsCommand(terminal))
                .addSubcommand(new InvokeCommand(terminal))
                .addSubcommand(new LogsCommand(terminal, clock))
                .addSubcommand(new TraceCommand(terminal))
                .addSubcommand(new ReviewCommand(terminal))
                .addSubcommand(new ReplayCommand(terminal))
                .addSubcommand("env", EnvCommand.commandLine(terminal))
                .addSubcommand("clock", ClockCommand.commandLine(terminal));
        Failures failures = new Failures(terminal);
        explain(all, terminal.width());
        return all.setParameterExceptionHandler(failures).setExecutionExceptionHandler(failures);
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
