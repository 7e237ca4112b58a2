package virga.cloud.http;

import virga.cloud.Environment;
import virga.kernel.Call;
import virga.store.Reading;

/** APIs of one kind that users deployed. Bound by the service that keeps them. */
public interface UserApis {
    /** What records call it: {@code apigateway}, {@code lambda}. */
    String service();

    /** Whether the environment has an API whose host begins with {@code apiId}. */
    boolean has(Reading reading, String apiId);

    /**
     * Answers a request; errors are answers too. The door writes the request's record, under {@code call}'s id.
     *
     * @param call of an anonymous principal, in the API's own account and region
     */
    HttpAnswer handle(Call call, String apiId, HttpAsk ask, Environment environment) throws InterruptedException;

    /** The account and region of an API that {@link #has} found. */
    virga.kernel.Scope scope(Reading reading, String environment, String apiId);
}
