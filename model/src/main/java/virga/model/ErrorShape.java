package virga.model;

/**
 * An error of the model.
 *
 * @param code what clients see: the shape's name, or the {@code awsQueryError} code
 * @param queryCode the code for awsQuery and awsQuery-compatible clients where it differs ({@code AWS.SimpleQueueService.NonExistentQueue})
 * @param sender whether the client is at fault
 */
public record ErrorShape(String code, String queryCode, int status, boolean sender, Schema schema) {}
