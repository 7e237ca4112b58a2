package virga.server.cli;

import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import virga.kernel.Clock;
import virga.kernel.system.SystemPorts;

/** The {@code virga} command. Exit codes: 0 done, 1 failed, 2 wrong usage, 3 no cloud is running. */
@CommandLine.Command(
        name = "virga",
        description = "A serverless cloud in one process on your own machine.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
public final class Main implements Runnable {
    @CommandLine.Spec
    private CommandSpec spec;

    public static void main(String[] arguments) {
        System.exit(commandLine(Terminal.ofProcess()).execute(arguments));
    }

    static CommandLine commandLine(Terminal terminal) {
        Clock clock = SystemPorts.of(0, Duration.ZERO, unused -> {}).clock();
        return new CommandLine(new Main())
                .addSubcommand(new DemoCommand(terminal))
                .addSubcommand(new UpCommand(terminal))
                .addSubcommand(new DownCommand(terminal))
                .addSubcommand(new StatusCommand(terminal))
                .addSubcommand(new DoctorCommand(terminal))
                .addSubcommand(new CredentialsCommand(terminal))
                .addSubcommand(new DeployCommand(terminal, clock))
                .addSubcommand(new InvokeCommand(terminal))
                .addSubcommand(new LogsCommand(terminal, clock))
                .addSubcommand(new TraceCommand(terminal))
                .addSubcommand(new ReviewCommand(terminal))
                .addSubcommand(new ReplayCommand(terminal))
                .addSubcommand("env", EnvCommand.commandLine(terminal))
                .addSubcommand("clock", ClockCommand.commandLine(terminal));
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "which command?");
    }
}
