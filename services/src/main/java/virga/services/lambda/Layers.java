package virga.services.lambda;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import virga.cloud.Exchange;
import virga.cloud.UnitOfWork;
import virga.kernel.Arn;
import virga.kernel.Bytes;
import virga.kernel.Call;
import virga.model.Unset;
import virga.model.lambda.DeleteLayerVersionRequest;
import virga.model.lambda.GetLayerVersionByArnRequest;
import virga.model.lambda.GetLayerVersionRequest;
import virga.model.lambda.GetLayerVersionResponse;
import virga.model.lambda.Lambda;
import virga.model.lambda.LayerVersionContentInput;
import virga.model.lambda.LayerVersionContentOutput;
import virga.model.lambda.LayerVersionsListItem;
import virga.model.lambda.LayersListItem;
import virga.model.lambda.ListLayerVersionsRequest;
import virga.model.lambda.ListLayerVersionsResponse;
import virga.model.lambda.ListLayersRequest;
import virga.model.lambda.ListLayersResponse;
import virga.model.lambda.PublishLayerVersionRequest;
import virga.model.lambda.PublishLayerVersionResponse;
import virga.store.KeyRange;
import virga.store.Reading;
import virga.store.Reading.Direction;
import virga.store.Reading.Entry;

/** Layers. Source: "Managing Lambda dependencies with layers", AWS Lambda Developer Guide. */
final class Layers {
    private final Packages packages;

    Layers(LambdaLimits limits) {
        this.packages = new Packages(limits);
    }

    PublishLayerVersionResponse publish(Call call, PublishLayerVersionRequest input, Exchange exchange) {
        LayerVersionContentInput content = input.content();
        Bytes zip = packages.fetch(
                call,
                exchange,
                new Packages.Source(
                        content.zipFile(),
                        content.s3Bucket().orElse(""),
                        content.s3Key().orElse(""),
                        content.s3ObjectVersion().orElse("")));
        Layer layer = exchange.transact(work -> {
            long number = last(work, call, input.layerName()) + 1;
            Layer published = new Layer(
                    input.layerName(),
                    number,
                    call.scope(),
                    CodeStore.keep(work, zip),
                    input.description().orElse(""),
                    input.licenseInfo().orElse(""),
                    input.compatibleRuntimes(),
                    input.compatibleArchitectures(),
                    work.now());
            work.put(
                    LambdaKeys.LAYER.key(call.account(), call.region(), published.name(), number),
                    published,
                    LambdaKeys.LAYER_ROW);
            return published;
        });
        return Lambda.PUBLISH_LAYER_VERSION.answer(shown(layer));
    }

    private static long last(Reading reading, Call call, String name) {
        return reading.first(LambdaKeys.LAYER.range(call.account(), call.region(), name), Direction.BACKWARD)
                .map(row -> LambdaKeys.LAYER.number(row.key(), 3))
                .orElse(0L);
    }

    private static LayerVersionContentOutput content(Layer layer) {
        return LayerVersionContentOutput.builder()
                .codeSha256(layer.code().sha256())
                .codeSize(layer.code().size())
                .build();
    }

    GetLayerVersionResponse get(Call call, GetLayerVersionRequest input, UnitOfWork work) {
        String arn = Arn.of("lambda", call.scope(), "layer:" + input.layerName()) + ":" + input.versionNumber();
        return shown(Functions.layer(work, arn));
    }

    GetLayerVersionResponse getByArn(Call call, GetLayerVersionByArnRequest input, UnitOfWork work) {
        return shown(Functions.layer(work, input.arn()));
    }

    private static GetLayerVersionResponse shown(Layer layer) {
        return GetLayerVersionResponse.builder()
                .content(content(layer))
                .layerArn(layer.arn())
                .layerVersionArn(layer.versionArn())
                .description(layer.description())
                .createdDate(Descriptions.time(layer.createdAt()))
                .version(layer.version())
                .compatibleRuntimes(layer.runtimes())
                .compatibleArchitectures(layer.architectures())
                .licenseInfo(Unset.ifEmpty(layer.license()))
                .build();
    }

    ListLayerVersionsResponse list(Call call, ListLayerVersionsRequest input, UnitOfWork work) {
        return ListLayerVersionsResponse.builder()
                .layerVersions(rows(work, LambdaKeys.LAYER.range(call.account(), call.region(), input.layerName()))
                        .filter(layer -> suits(layer, input.compatibleRuntime(), input.compatibleArchitecture()))
                        .map(Layers::item)
                        .toList())
                .build();
    }

    /** The latest version of each layer that suits. */
    ListLayersResponse listLayers(Call call, ListLayersRequest input, UnitOfWork work) {
        Map<String, Layer> latest = new TreeMap<>();
        rows(work, LambdaKeys.LAYER.range(call.account(), call.region()))
                .filter(layer -> suits(layer, input.compatibleRuntime(), input.compatibleArchitecture()))
                .forEach(layer -> latest.putIfAbsent(layer.name(), layer));
        return ListLayersResponse.builder()
                .layers(latest.values().stream()
                        .map(layer -> LayersListItem.builder()
                                .layerName(layer.name())
                                .layerArn(layer.arn())
                                .latestMatchingVersion(item(layer))
                                .build())
                        .toList())
                .build();
    }

    /** Versions, each layer's latest first. */
    private static Stream<Layer> rows(UnitOfWork work, KeyRange range) {
        try (Stream<Entry> rows = work.scan(range, Direction.BACKWARD)) {
            return rows.map(row -> LambdaKeys.LAYER_ROW.decode(row.value())).toList().stream();
        }
    }

    private static boolean suits(Layer layer, Optional<String> runtime, Optional<String> architecture) {
        return runtime.map(layer.runtimes()::contains).orElse(true)
                && architecture.map(layer.architectures()::contains).orElse(true);
    }

    private static LayerVersionsListItem item(Layer layer) {
        return LayerVersionsListItem.builder()
                .layerVersionArn(layer.versionArn())
                .version(layer.version())
                .description(layer.description())
                .createdDate(Descriptions.time(layer.createdAt()))
                .compatibleRuntimes(layer.runtimes())
                .compatibleArchitectures(layer.architectures())
                .build();
    }

    void delete(Call call, DeleteLayerVersionRequest input, UnitOfWork work) {
        work.delete(LambdaKeys.LAYER.key(call.account(), call.region(), input.layerName(), input.versionNumber()));
    }
}
