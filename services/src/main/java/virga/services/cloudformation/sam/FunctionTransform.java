package virga.services.cloudformation.sam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import virga.kernel.Fault;

/** {@code AWS::Serverless::Function}: the function, its role, version, alias, URL, and what its events need. */
final class FunctionTransform {
    private static final List<String> COPIED = List.of(
            "Handler",
            "Runtime",
            "Description",
            "MemorySize",
            "Timeout",
            "VpcConfig",
            "Role",
            "Environment",
            "KmsKeyArn",
            "ReservedConcurrentExecutions",
            "Layers",
            "FileSystemConfigs",
            "ImageConfig",
            "PackageType",
            "Architectures",
            "SnapStart",
            "EphemeralStorage",
            "CodeSigningConfigArn",
            "RuntimeManagementConfig",
            "LoggingConfig",
            "TenancyConfig",
            "RecursiveLoop",
            "DurableConfig",
            "FunctionScalingConfig",
            "PublishToLatestPublished");
    private static final Set<String> PROPERTIES = properties();

    private final TransformState state;
    private final ServerlessResource function;

    FunctionTransform(TransformState state, ServerlessResource function) {
        this.state = state;
        this.function = function;
    }

    private static Set<String> properties() {
        Set<String> names = new java.util.TreeSet<>(COPIED);
        names.addAll(List.of(
                "FunctionName",
                "CodeUri",
                "ImageUri",
                "InlineCode",
                "DeadLetterQueue",
                "AssumeRolePolicyDocument",
                "Policies",
                "RolePath",
                "PermissionsBoundary",
                "Events",
                "Tags",
                "PropagateTags",
                "Tracing",
                "DeploymentPreference",
                "EventInvokeConfig",
                "AutoPublishAlias",
                "AutoPublishCodeSha256",
                "AutoPublishAliasAllProperties",
                "VersionDescription",
                "ProvisionedConcurrencyConfig",
                "FunctionUrlConfig",
                "SourceKMSKeyArn",
                "CapacityProviderConfig",
                "VersionDeletionPolicy"));
        return names;
    }

    List<ResourceDraft> transform() {
        function.allow(PROPERTIES);
        refuseWhatIsNotDone();
        checkDeadLetterQueue();
        List<ResourceDraft> drafts = new ArrayList<>();
        ResourceDraft lambda = lambda();
        drafts.add(lambda);
        Optional<ResourceDraft> alias = Optional.empty();
        if (function.has("AutoPublishAlias")) {
            FunctionVersions versions = new FunctionVersions(state, function, lambda);
            ResourceDraft version = versions.version();
            alias = Optional.of(versions.alias(version));
            drafts.add(version);
            drafts.add(alias.get());
        } else if (function.has("ProvisionedConcurrencyConfig")) {
            throw SamErrors.resource(
                    function.logicalId(),
                    "To set ProvisionedConcurrencyConfig AutoPublishALias must be defined on the function");
        }
        if (function.has("FunctionUrlConfig")) {
            drafts.addAll(FunctionUrl.drafts(function, lambda, alias));
        }
        if (alias.isPresent()) {
            DeploymentPreferences.apply(state, function, alias.get());
        }
        InvokeTarget target = alias.map(draft -> InvokeTarget.byRef(draft, function.passedAttributes()))
                .orElseGet(() -> InvokeTarget.function(lambda, function.passedAttributes()));
        EventInvokeConfig.Result invoke = EventInvokeConfig.of(state, function, lambda, alias);
        drafts.addAll(invoke.drafts());
        ResourceDraft role = role(invoke.policies());
        addRole(lambda, role, drafts);
        drafts.addAll(FunctionEvents.drafts(state, function, target, role));
        propagateTags(drafts);
        return drafts;
    }

    private void refuseWhatIsNotDone() {
        for (String name : List.of("CapacityProviderConfig", "FunctionScalingConfig")) {
            if (function.has(name)) {
                throw Fault.unsupported("AWS::Serverless::Function/" + name);
            }
        }
    }

    private void checkDeadLetterQueue() {
        if (!function.has("DeadLetterQueue")) {
            return;
        }
        JsonNode queue = function.get("DeadLetterQueue");
        if (!Nodes.isGiven(queue.path("Type")) || !Nodes.isGiven(queue.path("TargetArn"))) {
            throw SamErrors.resource(
                    function.logicalId(), "'DeadLetterQueue' requires Type and TargetArn properties to be specified.");
        }
        if (!List.of("SQS", "SNS").contains(queue.get("Type").asText())) {
            throw SamErrors.resource(function.logicalId(), "'DeadLetterQueue' requires Type of ['SQS', 'SNS']");
        }
    }

    private ResourceDraft lambda() {
        ResourceDraft lambda = new ResourceDraft(function.logicalId(), "AWS::Lambda::Function", function.attributes());
        if (function.has("FunctionName")) {
            lambda.put("FunctionName", function.get("FunctionName"));
        }
        COPIED.forEach(name -> lambda.put(name, function.get(name)));
        lambda.put("Code", code());
        lambda.put("Tags", Nodes.samTags(function.get("Tags")));
        if (isTraced()) {
            lambda.put("TracingConfig", Nodes.object("Mode", function.get("Tracing")));
        }
        if (function.has("DeadLetterQueue")) {
            lambda.put(
                    "DeadLetterConfig",
                    Nodes.object("TargetArn", function.get("DeadLetterQueue").get("TargetArn")));
        }
        checkPackage(lambda);
        return lambda;
    }

    private boolean isTraced() {
        return function.has("Tracing")
                && !state.parameters().resolve(function.get("Tracing")).asText().equals("Disabled");
    }

    private boolean isImage() {
        return function.get("PackageType").asText("Zip").equals("Image");
    }

    private JsonNode code() {
        String id = function.logicalId();
        if (isImage()) {
            if (!function.has("ImageUri")) {
                throw SamErrors.resource(id, "'ImageUri' must be set.");
            }
            return Nodes.object("ImageUri", function.get("ImageUri"));
        }
        ObjectNode code;
        if (Nodes.isPresent(function.get("InlineCode"))) {
            code = Nodes.object("ZipFile", function.get("InlineCode"));
        } else if (Nodes.isPresent(function.get("CodeUri"))) {
            code = ContentLocation.code(function.get("CodeUri"), id, "CodeUri");
        } else {
            throw SamErrors.resource(id, "Only one of 'InlineCode' or 'CodeUri' can be set.");
        }
        return function.has("SourceKMSKeyArn") ? code.set("SourceKMSKeyArn", function.get("SourceKMSKeyArn")) : code;
    }

    private void checkPackage(ResourceDraft lambda) {
        String id = function.logicalId();
        String type = lambda.property("PackageType").asText("Zip");
        if (!type.equals("Zip") && !type.equals("Image")) {
            throw SamErrors.resource(id, "PackageType needs to be `Zip` or `Image`");
        }
        if (isImage() && (function.has("Handler") || function.has("Runtime") || function.has("Layers"))) {
            throw SamErrors.resource(
                    id, "Runtime, Handler, Layers cannot be present when PackageType is of type `Image`");
        }
        if (!isImage() && (!function.has("Handler") || !function.has("Runtime"))) {
            throw SamErrors.resource(id, "Runtime and Handler needs to be present when PackageType is of type `Zip`");
        }
        if (!isImage() && function.has("ImageConfig")) {
            throw SamErrors.resource(id, "ImageUri or ImageConfig cannot be present when PackageType is of type `Zip`");
        }
    }

    private ResourceDraft role(List<ObjectNode> invokePolicies) {
        ArrayNode managed = Nodes.texts(Policies.managed(
                function.has("DurableConfig")
                        ? "service-role/AWSLambdaBasicDurableExecutionRolePolicy"
                        : "service-role/AWSLambdaBasicExecutionRole"));
        if (isTraced()) {
            managed.add(Policies.managed("AWSXrayWriteOnlyAccess"));
        }
        if (function.has("VpcConfig")) {
            managed.add(Policies.managed("service-role/AWSLambdaVPCAccessExecutionRole"));
        }
        ArrayNode inline = Nodes.array();
        if (function.has("DeadLetterQueue")) {
            JsonNode queue = function.get("DeadLetterQueue");
            String action = queue.get("Type").asText().equals("SQS") ? "sqs:SendMessage" : "sns:Publish";
            inline.add(Policies.deadLetterQueue(action, queue.get("TargetArn")));
        }
        inline.addAll(invokePolicies);
        JsonNode given = function.get("AssumeRolePolicyDocument");
        JsonNode trust = Nodes.isPresent(given) ? given : Policies.trust("lambda.amazonaws.com");
        return ExecutionRole.make(function, trust, managed, inline, function.get("Policies"));
    }

    /** A role that is given only under a condition is made under its opposite. */
    private void addRole(ResourceDraft lambda, ResourceDraft role, List<ResourceDraft> drafts) {
        JsonNode given = lambda.property("Role");
        if (given.isMissingNode()) {
            lambda.put("Role", role.arn());
            drafts.add(role);
            return;
        }
        if (!Nodes.isIf(given)) {
            return;
        }
        JsonNode branches = state.parameters().resolve(given).get("Fn::If");
        if (!branches.isArray() || branches.size() != 3) {
            throw SamErrors.resource(function.logicalId(), "Malformed 'Role' property: Fn::If requires 3 arguments.");
        }
        String condition = branches.get(0).asText();
        boolean absentThen = Nodes.isNoValue(branches.get(1));
        boolean absentElse = Nodes.isNoValue(branches.get(2));
        if (absentThen && absentElse) {
            lambda.put("Role", role.arn());
        } else if (absentThen) {
            lambda.put("Role", Nodes.conditional(condition, role.arn(), branches.get(2)));
            role.attribute("Condition", Nodes.text(condition));
        } else if (absentElse) {
            lambda.put("Role", Nodes.conditional(condition, branches.get(1), role.arn()));
            role.attribute("Condition", Nodes.text("NOT" + condition));
            state.condition(
                    "NOT" + condition,
                    Nodes.object("Fn::Not", Nodes.array(Nodes.object("Condition", Nodes.text(condition)))));
        } else {
            return;
        }
        drafts.add(role);
    }

    private void propagateTags(List<ResourceDraft> drafts) {
        if (function.has("PropagateTags") && function.has("Tags")) {
            drafts.forEach(draft -> TagPropagation.apply(draft, function.get("Tags")));
        }
    }
}
