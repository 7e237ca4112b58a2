package virga.server.cli;

import picocli.CommandLine;
import picocli.CommandLine.Mixin;

@CommandLine.Command(
        name = "down",
        description = "Stops the running cloud; its state stays.",
        mixinStandardHelpOptions = true,
        footer = {"  ./virga down", "  ./virga down --endpoint http://127.0.0.1:4570"})
final class DownCommand extends Command {
    @Mixin
    private Telling telling;

    DownCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int run(RunningCloud cloud) throws RunningCloud.NotRunning {
        cloud.post("/_virga/shutdown", RunningCloud.object());
        telling.tell(
                terminal(),
                RunningCloud.object().put("stopped", cloud.endpoint()),
                () -> terminal().line("stopped " + cloud.endpoint()));
        return OK;
    }
}
