package virga.services.lambda.mapping;

import java.util.List;
import virga.cloud.Exchange;
import virga.kernel.Call;
import virga.kernel.Fault;
import virga.kernel.Principal;
import virga.model.dynamodbstreams.DescribeStreamInput;
import virga.model.dynamodbstreams.DynamoDbStreams;
import virga.model.lambda.InvalidParameterValueException;
import virga.model.sqs.GetQueueAttributesRequest;
import virga.model.sqs.QueueDoesNotExist;
import virga.model.sqs.Sqs;

/**
 * Whether a mapping's source is there, suits the function and can be read by its execution role. Source: "Using Lambda with Amazon SQS",
 * "Using AWS Lambda with Amazon DynamoDB", AWS Lambda Developer Guide.
 */
final class SourceAccess {
    private SourceAccess() {}

    /** @throws InvalidParameterValueException where it is not */
    static void check(Call call, Principal role, Mapping mapping, int functionTimeout, Exchange exchange) {
        Call asRole = exchange.newCall(call.scope(), role, call.causeOfWhatFollows("lambda"))
                .counted();
        if (mapping.source().isQueue()) {
            requireLongerVisibility(asRole, mapping, functionTimeout, exchange);
        } else {
            requireStream(asRole, mapping, exchange);
        }
    }

    private static void requireLongerVisibility(Call asRole, Mapping mapping, int functionTimeout, Exchange exchange) {
        int visibility;
        try {
            visibility = Integer.parseInt(exchange.call(
                            asRole,
                            Sqs.GET_QUEUE_ATTRIBUTES,
                            GetQueueAttributesRequest.builder()
                                    .queueUrl(QueuePoller.url(mapping))
                                    .attributeNames(List.of("VisibilityTimeout"))
                                    .build())
                    .attributes()
                    .get("VisibilityTimeout"));
        } catch (QueueDoesNotExist missing) {
            throw new InvalidParameterValueException(
                    "Error occurred while ReceiveMessage. SQS Error Code:"
                            + " AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The specified queue does not exist.");
        } catch (Fault denied) {
            throw inWords(
                    denied, "The function execution role does not have permissions to call GetQueueAttributes on SQS");
        }
        if (visibility < functionTimeout) {
            throw new InvalidParameterValueException("Queue visibility timeout: " + visibility
                    + " seconds is less than Function timeout: " + functionTimeout + " seconds");
        }
    }

    private static void requireStream(Call asRole, Mapping mapping, Exchange exchange) {
        String arn = mapping.source().arn();
        try {
            exchange.call(
                    asRole,
                    DynamoDbStreams.DESCRIBE_STREAM,
                    DescribeStreamInput.builder().streamArn(arn).build());
        } catch (virga.model.dynamodbstreams.ResourceNotFoundException missing) {
            throw new InvalidParameterValueException("Stream not found: " + arn);
        } catch (Fault denied) {
            throw inWords(
                    denied,
                    "Cannot access stream " + arn
                            + ". Please ensure the role can perform the GetRecords, GetShardIterator, DescribeStream, and ListStreams"
                            + " Actions on your stream in IAM.");
        }
    }

    private static Fault inWords(Fault fault, String denial) {
        return fault.code().startsWith("AccessDenied") ? new InvalidParameterValueException(denial) : fault;
    }
}
