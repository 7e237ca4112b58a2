package virga.protocol.vectors;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.smithy.model.Model;
import software.amazon.smithy.model.knowledge.TopDownIndex;
import software.amazon.smithy.model.node.Node;
import software.amazon.smithy.model.node.ObjectNode;
import software.amazon.smithy.model.shapes.MemberShape;
import software.amazon.smithy.model.shapes.OperationShape;
import software.amazon.smithy.model.shapes.ServiceShape;
import software.amazon.smithy.model.shapes.Shape;
import software.amazon.smithy.model.shapes.ShapeId;
import software.amazon.smithy.model.traits.ErrorTrait;
import software.amazon.smithy.model.traits.HttpErrorTrait;
import software.amazon.smithy.model.traits.HttpTrait;
import software.amazon.smithy.model.traits.LengthTrait;
import software.amazon.smithy.model.traits.MediaTypeTrait;
import software.amazon.smithy.model.traits.PatternTrait;
import software.amazon.smithy.model.traits.RangeTrait;
import software.amazon.smithy.model.traits.RequiredTrait;
import software.amazon.smithy.model.traits.SparseTrait;
import software.amazon.smithy.model.traits.StreamingTrait;
import software.amazon.smithy.model.traits.TimestampFormatTrait;
import software.amazon.smithy.model.traits.XmlAttributeTrait;
import software.amazon.smithy.model.traits.XmlFlattenedTrait;
import software.amazon.smithy.model.traits.XmlNameTrait;
import software.amazon.smithy.model.traits.XmlNamespaceTrait;
import virga.model.DynamicStructure;
import virga.model.ErrorShape;
import virga.model.Member;
import virga.model.Operation;
import virga.model.Schema;
import virga.model.ServiceModel;
import virga.model.ServiceModel.Protocol;
import virga.model.ShapeType;
import virga.model.Structure;
import virga.model.Traits;

/** One Smithy service as a {@link ServiceModel}, as its models import from botocore would make it. */
final class VectorSchemas {
    private final Model model;
    private final ServiceShape shape;
    private final Protocol protocol;
    private final Map<String, Schema> schemas = new HashMap<>();
    private final ServiceModel service;

    VectorSchemas(Model model, ServiceShape shape, Protocol protocol) {
        this.model = model;
        this.shape = shape;
        this.protocol = protocol;
        Map<String, Operation<?, ?>> operations = new LinkedHashMap<>();
        ServiceModel[] self = new ServiceModel[1];
        for (OperationShape operation : TopDownIndex.of(model).getContainedOperations(shape)) {
            operations.put(operation.getId().getName(), operation(operation, self));
        }
        this.service = self[0] = service(operations);
    }

    ServiceModel service() {
        return service;
    }

    private ServiceModel service(Map<String, Operation<?, ?>> operations) {
        String name = shape.getId().getName();
        boolean isS3 = shape.getId().getNamespace().equals("com.amazonaws.s3");
        List<Protocol> protocols =
                shape.findTrait("aws.protocols#awsQueryCompatible").isPresent()
                        ? List.of(protocol, Protocol.AWS_QUERY)
                        : List.of(protocol);
        return new ServiceModel(
                name,
                isS3 ? "s3" : name,
                name,
                name,
                shape.getVersion(),
                protocols,
                name,
                shape.findTrait("aws.protocols#awsJson1_0").isPresent() ? "1.0" : "1.1",
                shape.getTrait(XmlNamespaceTrait.class)
                        .map(XmlNamespaceTrait::getUri)
                        .orElse(""),
                operations);
    }

    private Operation<?, ?> operation(OperationShape operation, ServiceModel[] self) {
        boolean rest = protocol == Protocol.REST_JSON || protocol == Protocol.REST_XML;
        Operation.HttpBinding http = operation
                .getTrait(HttpTrait.class)
                .filter(unused -> rest)
                .map(trait -> new Operation.HttpBinding(
                        trait.getMethod(), trait.getUri().toString(), trait.getCode()))
                .orElse(Operation.HttpBinding.RPC);
        return Operation.<Structure, Structure>of(
                () -> self[0],
                operation.getId().getName(),
                http,
                () -> schema(model.expectShape(operation.getInputShape())),
                () -> schema(model.expectShape(operation.getOutputShape())),
                () -> errors(operation));
    }

    private List<ErrorShape> errors(OperationShape operation) {
        List<ErrorShape> errors = new ArrayList<>();
        for (ShapeId id : operation.getErrors(shape)) {
            errors.add(error(model.expectShape(id)));
        }
        return errors;
    }

    ErrorShape error(Shape error) {
        Optional<ObjectNode> query = error.findTrait("aws.protocols#awsQueryError")
                .map(trait -> trait.toNode().expectObjectNode());
        boolean isQuery = protocol == Protocol.AWS_QUERY;
        boolean sender = error.expectTrait(ErrorTrait.class).isClientError();
        String name = error.getId().getName();
        String queryCode =
                query.map(node -> node.expectStringMember("code").getValue()).orElse("");
        int status = error.getTrait(HttpErrorTrait.class)
                .map(HttpErrorTrait::getCode)
                .orElse(sender ? 400 : 500);
        if (isQuery) {
            status = query.map(node -> node.expectNumberMember("httpResponseCode")
                            .getValue()
                            .intValue())
                    .orElse(status);
        }
        return new ErrorShape(
                isQuery && !queryCode.isEmpty() ? queryCode : name,
                isQuery ? "" : queryCode,
                status,
                sender,
                schema(error));
    }

    Schema schema(Shape target) {
        return schema(target, false);
    }

    /** @param flattened in Smithy a flattened list's element has no name of its own; in botocore's models it has */
    private Schema schema(Shape target, boolean flattened) {
        String key = target.getId() + (flattened ? "!" : "");
        Schema known = schemas.get(key);
        if (known == null) {
            known = make(target, flattened);
            schemas.put(key, known);
        }
        return known;
    }

    private Schema make(Shape target, boolean flattened) {
        String name = target.getId().getName();
        Traits traits = traits(target).build();
        Member[] members = target.members().stream()
                .map(member -> Member.of(
                        member.getMemberName(),
                        () -> schema(model.expectShape(member.getTarget()), member.hasTrait(XmlFlattenedTrait.class)),
                        memberTraits(member, flattened)))
                .toArray(Member[]::new);
        Schema[] self = new Schema[1];
        self[0] = switch (target.getType()) {
            case LIST -> Schema.list(name, traits, members[0]);
            case MAP -> Schema.map(name, traits, members[0], members[1]);
            case STRUCTURE -> Schema.structure(name, traits, values -> new DynamicStructure(self[0], values), members);
            case UNION -> Schema.union(name, traits, values -> new DynamicStructure(self[0], values), members);
            default -> Schema.scalar(name, type(target), traits);
        };
        return self[0];
    }

    private static ShapeType type(Shape target) {
        return switch (target.getType()) {
            case BOOLEAN -> ShapeType.BOOLEAN;
            case BYTE -> ShapeType.BYTE;
            case SHORT -> ShapeType.SHORT;
            case INTEGER, INT_ENUM -> ShapeType.INTEGER;
            case LONG -> ShapeType.LONG;
            case FLOAT -> ShapeType.FLOAT;
            case DOUBLE -> ShapeType.DOUBLE;
            case BIG_INTEGER -> ShapeType.BIG_INTEGER;
            case BIG_DECIMAL -> ShapeType.BIG_DECIMAL;
            case STRING, ENUM -> ShapeType.STRING;
            case BLOB -> ShapeType.BLOB;
            case TIMESTAMP -> ShapeType.TIMESTAMP;
            case DOCUMENT -> ShapeType.DOCUMENT;
            default -> throw new IllegalArgumentException(target.toString());
        };
    }

    private Traits.Builder traits(Shape from) {
        Traits.Builder traits = Traits.with();
        from.getTrait(TimestampFormatTrait.class).ifPresent(trait -> traits.timestampFormat(trait.getValue()));
        from.getTrait(XmlNamespaceTrait.class)
                .ifPresent(trait ->
                        traits.namespace(trait.getUri(), trait.getPrefix().orElse("")));
        from.getTrait(LengthTrait.class).ifPresent(trait -> {
            trait.getMin().ifPresent(min -> traits.min(min.toString()));
            trait.getMax().ifPresent(max -> traits.max(max.toString()));
        });
        from.getTrait(RangeTrait.class).ifPresent(trait -> {
            trait.getMin().ifPresent(min -> traits.min(min.toString()));
            trait.getMax().ifPresent(max -> traits.max(max.toString()));
        });
        from.getTrait(PatternTrait.class).ifPresent(trait -> traits.pattern(trait.getValue()));
        from.asEnumShape()
                .ifPresent(shape ->
                        traits.enumValues(shape.getEnumValues().values().toArray(String[]::new)));
        if (from.hasTrait(SparseTrait.class)) {
            traits.sparse();
        }
        if (from.hasTrait(StreamingTrait.class)) {
            traits.streaming();
        }
        if (from.hasTrait(MediaTypeTrait.class) && from.isStringShape()) {
            traits.jsonValue();
        }
        if (!from.isMemberShape()) {
            from.getTrait(XmlNameTrait.class).ifPresent(trait -> traits.locationName(trait.getValue()));
        }
        return traits;
    }

    private Traits memberTraits(MemberShape member, boolean flattenedOwner) {
        Traits.Builder traits = traits(member);
        if (member.hasTrait(RequiredTrait.class)) {
            traits.required();
        }
        if (member.hasTrait(XmlFlattenedTrait.class)) {
            traits.flattened();
        }
        if (member.hasTrait(XmlAttributeTrait.class)) {
            traits.attribute();
        }
        boolean xml = protocol == Protocol.REST_XML || protocol == Protocol.AWS_QUERY;
        boolean nameless = flattenedOwner && member.getMemberName().equals("member");
        if (xml && !nameless) {
            member.getTrait(XmlNameTrait.class).ifPresent(trait -> traits.locationName(trait.getValue()));
        }
        if (protocol == Protocol.REST_JSON) {
            text(member, "smithy.api#jsonName").ifPresent(traits::locationName);
        }
        if (protocol == Protocol.REST_JSON || protocol == Protocol.REST_XML) {
            bind(member, traits);
        }
        return traits.build();
    }

    private static void bind(MemberShape member, Traits.Builder traits) {
        text(member, "smithy.api#httpHeader")
                .ifPresent(name -> traits.location(Traits.Location.HEADER).locationName(name));
        text(member, "smithy.api#httpQuery")
                .ifPresent(name -> traits.location(Traits.Location.QUERY).locationName(name));
        text(member, "smithy.api#httpPrefixHeaders")
                .ifPresent(
                        name -> traits.location(Traits.Location.PREFIX_HEADERS).locationName(name));
        if (member.findTrait("smithy.api#httpQueryParams").isPresent()) {
            traits.location(Traits.Location.QUERY_PARAMETERS);
        }
        if (member.findTrait("smithy.api#httpLabel").isPresent()) {
            traits.location(Traits.Location.LABEL);
        }
        if (member.findTrait("smithy.api#httpPayload").isPresent()) {
            traits.location(Traits.Location.PAYLOAD);
        }
        if (member.findTrait("smithy.api#httpResponseCode").isPresent()) {
            traits.location(Traits.Location.STATUS_CODE);
        }
    }

    private static Optional<String> text(MemberShape member, String trait) {
        return member.findTrait(trait)
                .map(found -> found.toNode())
                .filter(Node::isStringNode)
                .map(node -> node.expectStringNode().getValue());
    }
}
