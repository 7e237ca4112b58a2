package virga.server.door;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import virga.cloud.Environment.Carried;
import virga.cloud.spine.Cloud;
import virga.cloud.spine.LiveEnvironment;
import virga.kernel.Bug;
import virga.kernel.Bytes;
import virga.kernel.Call;
import virga.kernel.CallRecord;
import virga.kernel.Clock;
import virga.kernel.Details;
import virga.kernel.Fault;
import virga.kernel.Scope;
import virga.model.CommonError;
import virga.model.Operation;
import virga.model.Structure;
import virga.protocol.HttpRequest;
import virga.protocol.HttpResponse;
import virga.protocol.body.RequestBody;
import virga.protocol.constraint.Constraints;
import virga.protocol.routing.Destination.ApiCall;
import virga.protocol.routing.Destination.Preflight;
import virga.protocol.routing.Destination.Refused;
import virga.protocol.routing.Destination.UserEndpoint;
import virga.protocol.routing.ServiceDirectory;
import virga.protocol.signature.CredentialScope;
import virga.protocol.wire.ServerProtocol.Exchange;

/**
 * Answers AWS's API and what users deployed. A request for the API is resolved to an operation, its caller found, its input read and
 * checked; then it is a {@link Call} and passes the spine; then its answer is written. A fault at any step is answered in the service's
 * own shape; a bug is answered as {@code InternalFailure} with the id under which it is reported.
 */
public final class FrontDoor implements Door {
    private final ServiceDirectory directory;
    private final Identification identification;
    private final WebDoor web;
    private final BucketSharing sharing;
    private final Consumer<Throwable> onBug;

    /** @param machine whose clock clients sign with, whatever an environment's says */
    public FrontDoor(Cloud cloud, Clock machine, Consumer<Throwable> onBug) {
        this.directory = ServiceDirectory.of(cloud.registry().models());
        this.identification = new Identification(cloud, machine);
        this.web = new WebDoor(cloud, onBug);
        this.sharing = new BucketSharing(cloud);
        this.onBug = onBug;
    }

    public ServiceDirectory directory() {
        return directory;
    }

    @Override
    public HttpResponse handle(HttpRequest request, String sourceIp) {
        Optional<WebPath> alias = WebPath.of(request.path());
        if (alias.isPresent()) {
            return web.handle(
                    alias.get().endpoint(), request.withPath(alias.get().path()), sourceIp);
        }
        return switch (directory.resolve(request)) {
            case ApiCall api -> new Request(api, request, sourceIp).answer();
            case Preflight preflight -> sharing.preflight(preflight, request);
            case Refused refused -> refuse(refused, request);
            case UserEndpoint endpoint -> web.handle(endpoint, request, sourceIp);
        };
    }

    private HttpResponse refuse(Refused refused, HttpRequest request) {
        String id = identification.defaultEnvironment().ports().ids().uuid();
        return refused.wire().refuse(refused.fault(), Optional.empty(), new Exchange(refused.service(), request, id));
    }

    /** One request for an operation, on its way. */
    private final class Request {
        private final ApiCall api;
        private final HttpRequest request;
        private final String sourceIp;

        Request(ApiCall api, HttpRequest request, String sourceIp) {
            this.api = api;
            this.request = request;
            this.sourceIp = sourceIp;
        }

        HttpResponse answer() {
            Identified caller;
            try {
                caller = identification.identify(request, api);
            } catch (Fault fault) {
                LiveEnvironment environment = identification.defaultEnvironment();
                return refuse(fault, environment.ports().ids().uuid());
            }
            return sharing.share(caller.environment(), api, request, answer(caller, call(caller)));
        }

        private HttpResponse answer(Identified caller, Call call) {
            Structure input;
            try {
                input = input(caller);
            } catch (Fault fault) {
                record(caller.environment(), call, fault);
                return refuse(fault, call.requestId());
            }
            try (Carried<?> carried = run(caller.environment(), call, api.operation(), input)) {
                return api.wire().answer(api.operation(), (Structure) carried.output(), exchange(carried.requestId()));
            } catch (Fault fault) {
                return refuse(fault, call.requestId());
            } catch (RuntimeException bug) {
                onBug.accept(new Bug("request " + call.requestId() + " for " + api.operation(), bug));
                return refuse(
                        CommonError.INTERNAL_FAILURE.of(
                                api.service(),
                                "The request failed because of a bug in Virga; its log says more under request id "
                                        + call.requestId()),
                        call.requestId());
            }
        }

        private Structure input(Identified caller) {
            boolean s3 = api.service().modelName().equals("s3");
            HttpRequest readable =
                    s3 ? RequestBody.proved(request, caller.payload()) : RequestBody.decompressed(request);
            Structure input = api.wire().parse(api.operation(), api.labels(), readable);
            Constraints.check(input, api.protocol(), InputRules.of(api.service()));
            return input;
        }

        private Call call(Identified caller) {
            LiveEnvironment environment = caller.environment();
            String region = CredentialScope.claimedBy(request)
                    .map(CredentialScope::region)
                    .orElse(environment.settings().region());
            Scope scope = new Scope(environment.name(), caller.principal().account(), region);
            return from(environment.newCall(scope, caller.principal(), caller.cause()), sourceIp);
        }

        /** A call that did not reach the spine leaves its record here. */
        private void record(LiveEnvironment environment, Call call, Fault fault) {
            TreeMap<String, String> details = new TreeMap<>();
            details.put(Details.MESSAGE, String.valueOf(fault.getMessage()));
            environment
                    .recorder()
                    .record(new CallRecord(
                            call.requestId(),
                            CallRecord.Kind.CALL,
                            call.scope(),
                            call.principal().arn(),
                            List.of(call.cause()),
                            api.service().name(),
                            api.operation().name(),
                            List.of(),
                            call.at(),
                            0,
                            fault.code(),
                            fault.status(),
                            Bytes.EMPTY,
                            Bytes.EMPTY,
                            environment.sequence(),
                            details));
        }

        private HttpResponse refuse(Fault fault, String requestId) {
            return api.wire().refuse(fault, Optional.of(api.operation()), exchange(requestId));
        }

        private Exchange exchange(String requestId) {
            return new Exchange(api.service(), request, requestId);
        }
    }

    /** {@code call}, come from a client's address. */
    static Call from(Call call, String sourceIp) {
        return new Call(
                call.requestId(),
                call.scope(),
                call.principal(),
                call.cause(),
                call.at(),
                call.deadline(),
                sourceIp,
                call.recording());
    }

    /** The protocol made the input by the operation's own schema, so it is an I. */
    @SuppressWarnings("unchecked")
    private static <I extends Structure, O extends Structure> Carried<O> run(
            LiveEnvironment environment, Call call, Operation<I, O> operation, Structure input) {
        return environment.carrying(call, operation, (I) input);
    }
}
