package virga.services.lambda;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import virga.cloud.Environment;
import virga.cloud.Task;
import virga.cloud.TaskHandler.Result;
import virga.cloud.UnitOfWork;
import virga.kernel.Principal;
import virga.kernel.function.Outcome;

/**
 * How the way of an asynchronous event ends, and who is told. Source: "Capturing records of Lambda asynchronous invocations", AWS
 * Lambda Developer Guide.
 *
 * @param version the one that handled it, or would have
 */
record Ending(Task<AsynchronousEvents.Event> task, InvokeConfig config, LambdaFunction version) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FUNCTION_RAN = 200;
    private static final int THROTTLED = 429;

    Result handled(Outcome.Returned returned, Environment environment) {
        if (config.onSuccess().isEmpty()) {
            return Result.DONE;
        }
        ObjectNode story = story("Success", task.attempt(), environment);
        respond(story, returned.payload().utf8());
        return told(environment, work -> send(work, config.onSuccess(), true, story));
    }

    Result exhausted(Outcome.Failed failed, Environment environment) {
        ObjectNode story = story("RetriesExhausted", task.attempt(), environment);
        respond(story, failed.payload().utf8()).put("functionError", failed.kind());
        return lost(story, FUNCTION_RAN, message(failed), environment);
    }

    /**
     * Given up without another attempt.
     *
     * @param condition AWS's word for why
     * @param attempts how often the function has run
     */
    Result given(String condition, int attempts, Environment environment) {
        ObjectNode story = story(condition, attempts, environment);
        return lost(story, attempts == 0 ? THROTTLED : FUNCTION_RAN, condition, environment);
    }

    private Result lost(ObjectNode story, int status, String message, Environment environment) {
        AsynchronousEvents.Event event = task.payload();
        String deadLetters = version.configuration().deadLetterArn();
        return told(environment, work -> {
            if (!config.onFailure().isEmpty()) {
                send(work, config.onFailure(), false, story);
            }
            if (!deadLetters.isEmpty()) {
                Destinations.bury(
                        work,
                        task.cause(),
                        event.functionArn(),
                        deadLetters,
                        event.payload().utf8(),
                        new Destinations.Epitaph(event.requestId(), status, message));
            }
        });
    }

    private interface Telling {
        void tell(UnitOfWork work);
    }

    private Result told(Environment environment, Telling telling) {
        var lambda = new Principal.Service(task.scope().account(), "lambda.amazonaws.com", functionArn());
        environment.transact(environment.newCall(task.scope(), lambda, task.cause()), work -> {
            telling.tell(work);
            return null;
        });
        return Result.DONE;
    }

    private void send(UnitOfWork work, String destination, boolean success, ObjectNode story) {
        Destinations.send(work, task.cause(), functionArn(), destination, success, story.toString());
    }

    /** As it was invoked; what was invoked without a qualifier is {@code $LATEST}. */
    private String functionArn() {
        String arn = task.payload().functionArn();
        return arn.equals(version.arn()) ? arn + ":" + LambdaFunction.LATEST : arn;
    }

    private ObjectNode story(String condition, int attempts, Environment environment) {
        ObjectNode story = JSON.createObjectNode();
        story.put("version", "1.0");
        story.put("timestamp", environment.ports().clock().now().toString());
        ObjectNode request = story.putObject("requestContext");
        request.put("requestId", task.payload().requestId());
        request.put("functionArn", functionArn());
        request.put("condition", condition);
        request.put("approximateInvokeCount", attempts);
        story.putRawValue(
                "requestPayload", new RawValue(task.payload().payload().utf8()));
        return story;
    }

    /** Adds what the function answered. @return the answer's context */
    private ObjectNode respond(ObjectNode story, String payload) {
        ObjectNode response = story.putObject("responseContext");
        response.put("statusCode", FUNCTION_RAN);
        response.put("executedVersion", version.version());
        story.putRawValue("responsePayload", new RawValue(payload));
        return response;
    }

    private static String message(Outcome.Failed failed) {
        String payload = failed.payload().utf8();
        try {
            JsonNode error = JSON.readTree(payload);
            return error.path("errorMessage").asText(payload);
        } catch (JsonProcessingException notJson) {
            return payload;
        }
    }
}
