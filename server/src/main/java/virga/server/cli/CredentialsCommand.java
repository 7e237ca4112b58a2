package virga.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine;
import virga.kernel.Fault;

/** What {@code virga exec} gives to the tool that it runs. */
@CommandLine.Command(
        name = "credentials",
        description = "Prints shell lines that point AWS tools at an environment: eval \"$(./virga credentials)\".",
        mixinStandardHelpOptions = true)
final class CredentialsCommand extends Command {
    CredentialsCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int run(RunningCloud cloud) throws RunningCloud.NotRunning {
        for (JsonNode environment : cloud.get("/_virga/environments")) {
            if (environment.path("name").asText().equals(cloud.environment())) {
                export("AWS_ENDPOINT_URL", cloud.endpoint());
                export("AWS_REGION", environment.path("region").asText());
                export("AWS_DEFAULT_REGION", environment.path("region").asText());
                export("AWS_ACCESS_KEY_ID", environment.path("accessKeyId").asText());
                export(
                        "AWS_SECRET_ACCESS_KEY",
                        environment.path("secretAccessKey").asText());
                terminal().line("unset AWS_SESSION_TOKEN AWS_PROFILE");
                return OK;
            }
        }
        throw new Fault("EnvironmentNotFound", 404, "There is no environment " + cloud.environment());
    }

    private void export(String name, String value) {
        terminal().line("export " + name + "='" + value + "'");
    }
}
