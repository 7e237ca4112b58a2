package virga.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

/** What {@code virga exec} gives to the tool that it runs. */
@CommandLine.Command(
        name = "credentials",
        description =
                "Prints shell lines that point AWS tools at an environment, for eval; with --json, an object of the variables.",
        mixinStandardHelpOptions = true,
        footer = {
            "  eval \"$(./virga credentials)\"",
            "  ./virga credentials --environment staging",
            "  ./virga credentials --json"
        })
final class CredentialsCommand extends Command {
    @Mixin
    private Telling telling;

    CredentialsCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int run(RunningCloud cloud) throws RunningCloud.NotRunning {
        JsonNode environment = cloud.facts();
        String region = environment.path("region").asText();
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("AWS_ENDPOINT_URL", cloud.endpoint());
        variables.put("AWS_REGION", region);
        variables.put("AWS_DEFAULT_REGION", region);
        variables.put("AWS_ACCESS_KEY_ID", environment.path("accessKeyId").asText());
        variables.put(
                "AWS_SECRET_ACCESS_KEY", environment.path("secretAccessKey").asText());
        ObjectNode fact = RunningCloud.object();
        variables.forEach(fact::put);
        telling.tell(terminal(), fact, () -> {
            variables.forEach((name, value) -> terminal().line("export " + name + "='" + value + "'"));
            terminal().line("unset AWS_SESSION_TOKEN AWS_PROFILE");
        });
        return OK;
    }
}
