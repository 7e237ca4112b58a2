package virga.protocol.routing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import virga.kernel.Fault;
import virga.model.ServiceModel;
import virga.model.ServiceModel.Protocol;
import virga.protocol.HttpRequest;
import virga.protocol.Parameters;
import virga.protocol.PercentCoding;
import virga.protocol.body.RequestBody;
import virga.protocol.routing.Destination.ApiCall;
import virga.protocol.routing.Destination.Preflight;
import virga.protocol.routing.Destination.Refused;
import virga.protocol.signature.CredentialScope;

/**
 * Every service there is, and how requests find their operation. Built once; safe for use by several threads.
 *
 * <p>The service is looked for in what the request says most plainly: {@code X-Amz-Target}, the path of RPC v2, the signature's scope,
 * the host name, the action with its version, and last the path; what no other service claims is S3's.
 */
public final class ServiceDirectory {
    private final List<ServiceModel> services;
    private final Map<String, ServiceModel> byTargetPrefix = new HashMap<>();
    private final Map<String, List<ServiceModel>> bySigningName = new HashMap<>();
    private final Map<String, List<ServiceModel>> byEndpointPrefix = new HashMap<>();
    private final Map<ServiceModel, UriTrie> tries = new LinkedHashMap<>();

    private ServiceDirectory(Collection<ServiceModel> services) {
        this.services = List.copyOf(services);
        for (ServiceModel service : services) {
            if (!service.targetPrefix().isEmpty()) {
                byTargetPrefix.put(service.targetPrefix(), service);
            }
            bySigningName
                    .computeIfAbsent(service.signingName(), unused -> new ArrayList<>())
                    .add(service);
            byEndpointPrefix
                    .computeIfAbsent(service.endpointPrefix(), unused -> new ArrayList<>())
                    .add(service);
            if (restProtocol(service).isPresent()) {
                tries.put(service, UriTrie.of(service.all()));
            }
        }
    }

    public static ServiceDirectory of(Collection<ServiceModel> services) {
        return new ServiceDirectory(services);
    }

    public List<ServiceModel> services() {
        return services;
    }

    /** By botocore's name. */
    public Optional<ServiceModel> service(String modelName) {
        return services.stream()
                .filter(service -> service.modelName().equals(modelName))
                .findFirst();
    }

    /**
     * Where {@code request} wants to go. Reads the body only of forms, which must be {@linkplain HttpRequest#buffered in memory}.
     * HTTP/2's {@code :authority} is expected as {@code Host}.
     */
    public Destination resolve(HttpRequest request) {
        HostName host = HostName.of(request.headers().value("Host", "localhost"), byEndpointPrefix.keySet());
        if (host.asUserEndpoint().isPresent()) {
            return host.asUserEndpoint().get();
        }
        Optional<CredentialScope> scope = CredentialScope.claimedBy(request);
        Optional<String> target = request.headers().first("X-Amz-Target");
        if (target.isPresent()) {
            return byTarget(target.get(), scope);
        }
        if (request.path().startsWith("/service/") && request.headers().has("smithy-protocol")) {
            return RpcV2Path.of(request.path())
                    .map(path -> byRpcPath(path, scope))
                    .orElseGet(() -> unknownOperation(Unknown.service(scope), Protocol.RPC_V2_CBOR));
        }
        List<ServiceModel> candidates = candidates(scope, host);
        Parameters parameters = actionParameters(request);
        if (parameters.has("Action")) {
            Optional<Destination> found = byAction(parameters, candidates, scope);
            if (found.isPresent()) {
                return found.get();
            }
        }
        return byPath(request, host, candidates, scope);
    }

    /** As a REST operation of one service at {@code path}: for operations behind another's host, such as {@code /prod/@connections/1}. */
    public Destination resolveWithin(ServiceModel service, HttpRequest request, String path) {
        return tries.get(service)
                .match(request, path)
                .<Destination>map(found -> new ApiCall(
                        service, found.operation(), restProtocol(service).orElseThrow(), found.labels()))
                .orElseGet(() -> unknownRestOperation(service, request));
    }

    private Destination byTarget(String target, Optional<CredentialScope> scope) {
        int dot = target.lastIndexOf('.');
        ServiceModel service = byTargetPrefix.get(target.substring(0, Math.max(dot, 0)));
        if (service == null) {
            return new Refused(Unknown.service(scope), Protocol.AWS_JSON, Unknown.supported(target));
        }
        return service.operation(target.substring(dot + 1))
                .<Destination>map(operation -> new ApiCall(service, operation, Protocol.AWS_JSON, Map.of()))
                .orElseGet(() -> unknownOperation(service, Protocol.AWS_JSON));
    }

    private Destination byRpcPath(RpcV2Path path, Optional<CredentialScope> scope) {
        ServiceModel service = byTargetPrefix.get(path.service());
        if (service == null) {
            service = services.stream()
                    .filter(known -> known.protocols().contains(Protocol.RPC_V2_CBOR))
                    .filter(known -> scope.map(CredentialScope::service)
                                    .orElse(path.service())
                                    .equals(known.signingName())
                            || known.modelName().equalsIgnoreCase(path.service()))
                    .findFirst()
                    .orElse(null);
        }
        if (service == null) {
            return new Refused(Unknown.service(scope), Protocol.RPC_V2_CBOR, Unknown.supported(path.service()));
        }
        ServiceModel found = service;
        return found.operation(path.operation())
                .<Destination>map(operation -> new ApiCall(found, operation, Protocol.RPC_V2_CBOR, Map.of()))
                .orElseGet(() -> unknownOperation(found, Protocol.RPC_V2_CBOR));
    }

    private List<ServiceModel> candidates(Optional<CredentialScope> scope, HostName host) {
        List<ServiceModel> byHost = byEndpointPrefix.getOrDefault(host.endpointPrefix(), List.of());
        return scope.map(claimed -> bySigningName.getOrDefault(claimed.service(), List.of()))
                .filter(signed -> !signed.isEmpty())
                .orElse(byHost);
    }

    private static Parameters actionParameters(HttpRequest request) {
        if (request.mediaType().equals("application/x-www-form-urlencoded")) {
            Parameters form = Parameters.parse(
                    RequestBody.decompressed(request).body().readAll().utf8());
            if (form.has("Action")) {
                return form;
            }
        }
        return request.query().contains("Action=") ? request.parameters() : Parameters.NONE;
    }

    private Optional<Destination> byAction(
            Parameters parameters, List<ServiceModel> candidates, Optional<CredentialScope> scope) {
        String action = parameters.first("Action").orElseThrow();
        String version = parameters.first("Version").orElse("");
        List<ServiceModel> speaking = candidates.isEmpty() && scope.isEmpty() ? services : candidates;
        Optional<ServiceModel> service = speaking.stream()
                .filter(known -> known.protocols().contains(Protocol.AWS_QUERY))
                .filter(known -> !candidates.isEmpty()
                        || known.operation(action).isPresent()
                                && (version.isEmpty() || version.equals(known.apiVersion())))
                .findFirst();
        if (service.isEmpty() && candidates.isEmpty() && !version.isEmpty()) {
            String name = scope.map(CredentialScope::service).orElse(action);
            return Optional.of(new Refused(Unknown.service(scope), Protocol.AWS_QUERY, Unknown.supported(name)));
        }
        return service.map(known -> known.operation(action)
                .<Destination>map(operation -> new ApiCall(known, operation, Protocol.AWS_QUERY, Map.of()))
                .orElseGet(() -> new Refused(known, Protocol.AWS_QUERY, Unknown.action(known, action, version))));
    }

    private Destination byPath(
            HttpRequest request, HostName host, List<ServiceModel> candidates, Optional<CredentialScope> scope) {
        List<ServiceModel> speaking = new ArrayList<>();
        for (ServiceModel service : candidates.isEmpty() && scope.isEmpty() ? unsigned(request) : candidates) {
            if (tries.containsKey(service)) {
                speaking.add(service);
            }
        }
        if (speaking.isEmpty() && candidates.isEmpty()) {
            String name = scope.map(CredentialScope::service).orElse(request.path());
            return new Refused(Unknown.service(scope), Protocol.REST_JSON, Unknown.supported(name));
        }
        if (speaking.isEmpty()) {
            ServiceModel service = candidates.getFirst();
            return unknownOperation(service, service.protocols().getFirst());
        }
        for (ServiceModel service : speaking) {
            Optional<UriTrie.Match> match = tries.get(service).match(request, path(service, request, host));
            if (match.isPresent()) {
                return new ApiCall(
                        service,
                        match.get().operation(),
                        restProtocol(service).orElseThrow(),
                        match.get().labels());
            }
        }
        ServiceModel service = speaking.getFirst();
        return isS3(service) && request.method().equals("OPTIONS")
                ? new Preflight(
                        service,
                        PercentCoding.decode(path(service, request, host).substring(1)))
                : unknownRestOperation(service, request);
    }

    /** Those whose paths begin as this one does, and S3, whose buckets may be called anything. */
    private List<ServiceModel> unsigned(HttpRequest request) {
        List<ServiceModel> found = new ArrayList<>();
        tries.forEach((service, trie) -> {
            if (!isS3(service) && trie.knowsFirstSegment(request.path())) {
                found.add(service);
            }
        });
        services.stream().filter(ServiceDirectory::isS3).forEach(found::add);
        return found;
    }

    private static String path(ServiceModel service, HttpRequest request, HostName host) {
        return isS3(service) && !host.bucket().isEmpty() ? "/" + host.bucket() + request.path() : request.path();
    }

    private static boolean isS3(ServiceModel service) {
        return service.modelName().equals("s3");
    }

    private static Optional<Protocol> restProtocol(ServiceModel service) {
        return service.protocols().stream()
                .filter(protocol -> protocol == Protocol.REST_JSON || protocol == Protocol.REST_XML)
                .findFirst();
    }

    private static Destination unknownOperation(ServiceModel service, Protocol protocol) {
        return new Refused(service, protocol, Unknown.operation(service, protocol));
    }

    private static Destination unknownRestOperation(ServiceModel service, HttpRequest request) {
        Protocol protocol = restProtocol(service).orElseThrow();
        Fault fault =
                isS3(service) ? Unknown.s3Method(service, request) : Unknown.restOperation(service, protocol, request);
        return new Refused(service, protocol, fault);
    }
}
