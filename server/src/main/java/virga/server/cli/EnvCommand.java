package virga.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "env",
        description = "Environments: each a whole isolated AWS.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class EnvCommand {
    private EnvCommand() {}

    static CommandLine commandLine(Terminal terminal) {
        return new CommandLine(new EnvCommand())
                .addSubcommand(new List(terminal))
                .addSubcommand(new Create(terminal))
                .addSubcommand(new Fork(terminal))
                .addSubcommand(new Reset(terminal))
                .addSubcommand(new Delete(terminal));
    }

    @CommandLine.Command(name = "list", description = "Lists the environments.", mixinStandardHelpOptions = true)
    static final class List extends Command {
        @Option(names = "--json", description = "As JSON, for machines.")
        private boolean json;

        List(Terminal terminal) {
            super(terminal);
        }

        @Override
        int run(RunningCloud cloud) throws RunningCloud.NotRunning {
            JsonNode environments = cloud.get("/_virga/environments");
            if (json) {
                terminal().line(environments.toString());
            } else {
                EnvironmentLines.show(terminal(), environments);
            }
            return OK;
        }
    }

    @CommandLine.Command(name = "create", description = "Makes an empty environment.", mixinStandardHelpOptions = true)
    static final class Create extends Command {
        @Parameters(paramLabel = "NAME", description = "Lower case letters, digits and hyphens.")
        private String name;

        Create(Terminal terminal) {
            super(terminal);
        }

        @Override
        int run(RunningCloud cloud) throws RunningCloud.NotRunning {
            cloud.post("/_virga/environments", RunningCloud.object().put("name", name));
            terminal().line("created " + name);
            return OK;
        }
    }

    @CommandLine.Command(
            name = "fork",
            description = "Copies an environment with its data, in milliseconds.",
            mixinStandardHelpOptions = true)
    static final class Fork extends Command {
        @Parameters(index = "0", paramLabel = "FROM", description = "The environment to copy.")
        private String from;

        @Parameters(index = "1", paramLabel = "TO", description = "The copy's name.")
        private String to;

        Fork(Terminal terminal) {
            super(terminal);
        }

        @Override
        int run(RunningCloud cloud) throws RunningCloud.NotRunning {
            cloud.post(
                    "/_virga/environments/" + from + "/fork",
                    RunningCloud.object().put("to", to));
            terminal().line("forked " + from + " to " + to);
            return OK;
        }
    }

    @CommandLine.Command(
            name = "reset",
            description = "Empties an environment; its settings and keys stay.",
            mixinStandardHelpOptions = true)
    static final class Reset extends Command {
        @Parameters(paramLabel = "NAME")
        private String name;

        Reset(Terminal terminal) {
            super(terminal);
        }

        @Override
        int run(RunningCloud cloud) throws RunningCloud.NotRunning {
            cloud.post("/_virga/environments/" + name + "/reset", RunningCloud.object());
            terminal().line("emptied " + name);
            return OK;
        }
    }

    @CommandLine.Command(
            name = "delete",
            description = "Removes an environment and all it holds.",
            mixinStandardHelpOptions = true)
    static final class Delete extends Command {
        @Parameters(paramLabel = "NAME")
        private String name;

        Delete(Terminal terminal) {
            super(terminal);
        }

        @Override
        int run(RunningCloud cloud) throws RunningCloud.NotRunning {
            cloud.delete("/_virga/environments/" + name);
            terminal().line("deleted " + name);
            return OK;
        }
    }
}
