package virga.cloud.authorize;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import virga.kernel.Arn;
import virga.kernel.Call;
import virga.kernel.Principal;

/**
 * The condition keys of one request. Names do not heed case.
 *
 * <p>Source: "AWS global condition context keys", AWS IAM User Guide.
 */
final class RequestContext {
    private final Map<String, List<String>> values = new TreeMap<>();

    /** The global keys that the call itself tells, under those that the caller gives. */
    static RequestContext of(AuthorizationRequest request) {
        RequestContext context = new RequestContext();
        context.fromCall(request.call());
        request.conditions().forEach(context::put);
        return context;
    }

    /** The values of a key; empty where the request does not have it. */
    List<String> values(String key) {
        return values.getOrDefault(key.toLowerCase(Locale.ROOT), List.of());
    }

    boolean has(String key) {
        return values.containsKey(key.toLowerCase(Locale.ROOT));
    }

    private void put(String key, List<String> given) {
        values.put(key.toLowerCase(Locale.ROOT), new ArrayList<>(given));
    }

    private void put(String key, String value) {
        put(key, List.of(value));
    }

    private void fromCall(Call call) {
        put("aws:CurrentTime", call.at().toString());
        put("aws:EpochTime", Long.toString(call.at().getEpochSecond()));
        put("aws:RequestedRegion", call.region());
        put("aws:SecureTransport", "true");
        boolean service = call.principal() instanceof Principal.Service;
        put("aws:PrincipalIsAWSService", Boolean.toString(service));
        put("aws:ViaAWSService", Boolean.toString(viaService(call)));
        if (viaService(call)) {
            put("aws:CalledVia", call.cause().via() + ".amazonaws.com");
            put("aws:CalledViaFirst", call.cause().via() + ".amazonaws.com");
            put("aws:CalledViaLast", call.cause().via() + ".amazonaws.com");
        }
        if (!call.sourceIp().isEmpty()) {
            put("aws:SourceIp", call.sourceIp());
        }
        fromPrincipal(call.principal());
    }

    /** CloudFormation is the one service here that calls others as its caller. */
    private static boolean viaService(Call call) {
        return call.cause().via().equals("cloudformation") && !(call.principal() instanceof Principal.Service);
    }

    private void fromPrincipal(Principal principal) {
        switch (principal) {
            case Principal.Root root -> {
                identity(root, root.arn(), "Account");
                put("aws:userid", root.account());
            }
            case Principal.User user -> {
                identity(user, user.arn(), "User");
                put("aws:username", user.name());
            }
            case Principal.RoleSession session ->
                identity(session, "arn:aws:iam::" + session.account() + ":role/" + session.roleName(), "AssumedRole");
            case Principal.Service service -> {
                put("aws:PrincipalServiceName", service.name());
                put("aws:PrincipalServiceNamesList", service.name());
                fromSource(service);
            }
            case Principal.Anonymous anonymous -> put("aws:PrincipalType", "Anonymous");
        }
    }

    private void identity(Principal principal, String arn, String type) {
        put("aws:PrincipalArn", arn);
        put("aws:PrincipalAccount", principal.account());
        put("aws:PrincipalType", type);
    }

    private void fromSource(Principal.Service service) {
        if (!service.sourceArn().isEmpty()) {
            put("aws:SourceArn", service.sourceArn());
        }
        boolean named = Arn.isArn(service.sourceArn())
                && !Arn.parse(service.sourceArn()).account().isEmpty();
        put("aws:SourceAccount", named ? Arn.parse(service.sourceArn()).account() : service.account());
    }
}
