package virga.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "env",
        description = "Environments: each a whole isolated AWS with its own account, data, clock and keys.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "  ./virga env create staging",
            "  ./virga env fork staging experiment",
            "  ./virga deploy template.yaml --stack orders --environment experiment"
        })
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

    /** Does one thing to the environments and says so; to machines it gives the environment as it is then. */
    private abstract static class OfEnvironments extends Command {
        @Mixin
        private Telling telling;

        OfEnvironments(Terminal terminal) {
            super(terminal);
        }

        /** Tells {@code fact} to machines, {@code words} to people. */
        final int told(JsonNode fact, String words) {
            return told(fact, () -> terminal().line(words));
        }

        final int told(JsonNode fact, Runnable words) {
            telling.tell(terminal(), fact, words);
            return OK;
        }
    }

    @CommandLine.Command(
            name = "list",
            description = "Lists the environments; with --json, as an array.",
            mixinStandardHelpOptions = true,
            footer = {"  ./virga env list", "  ./virga env list --json"})
    static final class List extends OfEnvironments {
        List(Terminal terminal) {
            super(terminal);
        }

        @Override
        int run(RunningCloud cloud) throws RunningCloud.NotRunning {
            JsonNode environments = cloud.get("/_virga/environments");
            return told(environments, () -> EnvironmentLines.show(terminal(), environments));
        }
    }

    @CommandLine.Command(
            name = "create",
            description = "Makes an empty environment.",
            mixinStandardHelpOptions = true,
            footer = "  ./virga env create staging")
    static final class Create extends OfEnvironments {
        @Parameters(paramLabel = "NAME", description = "Lower case letters, digits and hyphens.")
        private String name;

        Create(Terminal terminal) {
            super(terminal);
        }

        @Override
        int run(RunningCloud cloud) throws RunningCloud.NotRunning {
            return told(cloud.post("/_virga/environments", RunningCloud.object().put("name", name)), "created " + name);
        }
    }

    @CommandLine.Command(
            name = "fork",
            description = "Copies an environment with its data, in milliseconds.",
            mixinStandardHelpOptions = true,
            footer = "  ./virga env fork staging experiment")
    static final class Fork extends OfEnvironments {
        @Parameters(index = "0", paramLabel = "FROM", description = "The environment to copy.")
        private String from;

        @Parameters(index = "1", paramLabel = "TO", description = "The copy's name.")
        private String to;

        Fork(Terminal terminal) {
            super(terminal);
        }

        @Override
        int run(RunningCloud cloud) throws RunningCloud.NotRunning {
            return told(
                    cloud.post(
                            "/_virga/environments/" + from + "/fork",
                            RunningCloud.object().put("to", to)),
                    "forked " + from + " to " + to);
        }
    }

    @CommandLine.Command(
            name = "reset",
            description = "Empties an environment; its settings and keys stay.",
            mixinStandardHelpOptions = true,
            footer = "  ./virga env reset staging")
    static final class Reset extends OfEnvironments {
        @Parameters(paramLabel = "NAME", description = "The environment to empty.")
        private String name;

        Reset(Terminal terminal) {
            super(terminal);
        }

        @Override
        int run(RunningCloud cloud) throws RunningCloud.NotRunning {
            return told(
                    cloud.post("/_virga/environments/" + name + "/reset", RunningCloud.object()), "emptied " + name);
        }
    }

    @CommandLine.Command(
            name = "delete",
            description = "Removes an environment and all it holds.",
            mixinStandardHelpOptions = true,
            footer = "  ./virga env delete experiment")
    static final class Delete extends OfEnvironments {
        @Parameters(paramLabel = "NAME", description = "The environment to remove.")
        private String name;

        Delete(Terminal terminal) {
            super(terminal);
        }

        @Override
        int run(RunningCloud cloud) throws RunningCloud.NotRunning {
            cloud.delete("/_virga/environments/" + name);
            return told(RunningCloud.object().put("deleted", name), "deleted " + name);
        }
    }
}
