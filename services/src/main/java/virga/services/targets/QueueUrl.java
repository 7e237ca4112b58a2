package virga.services.targets;

import virga.kernel.Arn;

/** The URL of a queue that is known by its ARN, for SQS's operations. */
public final class QueueUrl {
    private QueueUrl() {}

    /** Any host will do: SQS finds a queue by the account and name at a URL's end. */
    public static String of(Arn queue) {
        return "https://sqs/" + queue.account() + "/" + queue.resource();
    }
}
