package virga.server.cli;

import picocli.CommandLine;

@CommandLine.Command(
        name = "down",
        description = "Stops the running cloud; its state stays.",
        mixinStandardHelpOptions = true)
final class DownCommand extends Command {
    DownCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int run(RunningCloud cloud) throws RunningCloud.NotRunning {
        cloud.post("/_virga/shutdown", RunningCloud.object());
        terminal().line("stopped " + cloud.endpoint());
        return OK;
    }
}
