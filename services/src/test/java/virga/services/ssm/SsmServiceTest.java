package virga.services.ssm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import virga.cloud.testing.TestingCloud;
import virga.kernel.Fault;
import virga.model.ssm.AddTagsToResourceRequest;
import virga.model.ssm.DeleteParameterRequest;
import virga.model.ssm.DescribeParametersRequest;
import virga.model.ssm.GetParameterHistoryRequest;
import virga.model.ssm.GetParameterRequest;
import virga.model.ssm.GetParametersByPathRequest;
import virga.model.ssm.GetParametersByPathResult;
import virga.model.ssm.GetParametersRequest;
import virga.model.ssm.LabelParameterVersionRequest;
import virga.model.ssm.ListTagsForResourceRequest;
import virga.model.ssm.Parameter;
import virga.model.ssm.ParameterAlreadyExists;
import virga.model.ssm.ParameterMaxVersionLimitExceeded;
import virga.model.ssm.ParameterNotFound;
import virga.model.ssm.ParameterPatternMismatchException;
import virga.model.ssm.ParameterStringFilter;
import virga.model.ssm.ParameterVersionNotFound;
import virga.model.ssm.PutParameterRequest;
import virga.model.ssm.PutParameterResult;
import virga.model.ssm.Ssm;
import virga.model.ssm.Tag;

final class SsmServiceTest {
    private static final SsmLimits SMALL = new SsmLimits(10_000, 100_000, 8, 16, 3, 2, 15, 50);

    private final TestingCloud cloud = new TestingCloud(new SsmService(SMALL));

    @AfterEach
    void close() {
        cloud.close();
    }

    private static PutParameterRequest.Builder parameter(String name, String value) {
        return PutParameterRequest.builder().name(name).value(value).type("String");
    }

    private PutParameterResult put(PutParameterRequest.Builder request) {
        return cloud.call(Ssm.PUT_PARAMETER, request.build());
    }

    private Parameter get(String name) {
        return cloud.call(
                        Ssm.GET_PARAMETER,
                        GetParameterRequest.builder().name(name).build())
                .parameter()
                .orElseThrow();
    }

    @Test
    void aParameterIsAnsweredAsItWasPut() {
        assertThat(put(parameter("/app/db/url", "here")).version()).contains(1L);
        Parameter parameter = get("/app/db/url");
        assertThat(parameter.value()).contains("here");
        assertThat(parameter.type()).contains("String");
        assertThat(parameter.arn()).contains("arn:aws:ssm:us-east-1:000000000000:parameter/app/db/url");
        assertThat(parameter.dataType()).contains("text");
        assertThat(get("arn:aws:ssm:us-east-1:000000000000:parameter/app/db/url")
                        .name())
                .contains("/app/db/url");
    }

    @Test
    void overwritingIsAskedForAndCountsVersionsUp() {
        put(parameter("a", "1"));
        assertThatThrownBy(() -> put(parameter("a", "2"))).isInstanceOf(ParameterAlreadyExists.class);
        assertThat(put(parameter("a", "2").overwrite(true).type(null)).version())
                .contains(2L);
        assertThat(get("a").value()).contains("2");
        assertThat(get("a:1").value()).contains("1");
        assertThat(get("a:1").selector()).contains(":1");
        assertThatThrownBy(() -> get("a:9")).isInstanceOf(ParameterVersionNotFound.class);
    }

    @Test
    void aMissingParameterIsNotFound() {
        assertThatThrownBy(() -> get("none")).isInstanceOf(ParameterNotFound.class);
        assertThatThrownBy(() -> cloud.call(
                        Ssm.DELETE_PARAMETER,
                        DeleteParameterRequest.builder().name("none").build()))
                .isInstanceOf(ParameterNotFound.class);
    }

    @Test
    void aSecureStringIsShownOnlyDecrypted() {
        put(parameter("secret", "s3cret").type("SecureString"));
        assertThat(get("secret").value().orElseThrow()).isNotEqualTo("s3cret").hasSizeGreaterThan(100);
        var decrypted = cloud.call(
                Ssm.GET_PARAMETER,
                GetParameterRequest.builder()
                        .name("secret")
                        .withDecryption(true)
                        .build());
        assertThat(decrypted.parameter().orElseThrow().value()).contains("s3cret");
    }

    @Test
    void onlyTheNamedOnesAreFoundAndTheOthersAreListedAsInvalid() {
        put(parameter("a", "1"));
        var answer = cloud.call(
                Ssm.GET_PARAMETERS,
                GetParametersRequest.builder().names(List.of("a", "b", "a:7")).build());
        assertThat(answer.parameters())
                .extracting(found -> found.name().orElseThrow())
                .containsExactly("a");
        assertThat(answer.invalidParameters()).containsExactly("b", "a:7");
    }

    @Test
    void aPathHoldsItsChildrenAndRecursivelyAllBelow() {
        List.of("/app", "/app/a", "/app/b", "/app/b/c", "/apple/x").forEach(name -> put(parameter(name, "v")));
        assertThat(names(byPath("/app", false, 10, null))).containsExactly("/app/a", "/app/b");
        assertThat(names(byPath("/app/", true, 10, null))).containsExactly("/app/a", "/app/b", "/app/b/c");
        GetParametersByPathResult first = byPath("/", true, 2, null);
        assertThat(names(first)).containsExactly("/app", "/app/a");
        assertThat(names(byPath("/", true, 10, first.nextToken().orElseThrow())))
                .containsExactly("/app/b", "/app/b/c", "/apple/x");
    }

    private GetParametersByPathResult byPath(String path, boolean recursive, int size, String token) {
        return cloud.call(
                Ssm.GET_PARAMETERS_BY_PATH,
                GetParametersByPathRequest.builder()
                        .path(path)
                        .recursive(recursive)
                        .maxResults(size)
                        .nextToken(token)
                        .build());
    }

    private static List<String> names(GetParametersByPathResult page) {
        return page.parameters().stream()
                .map(found -> found.name().orElseThrow())
                .toList();
    }

    @Test
    void aValueThatIsTooLongNeedsTheAdvancedTier() {
        assertThatThrownBy(() -> put(parameter("a", "123456789")))
                .hasMessageStartingWith("Standard tier parameters support a maximum parameter value of 8 characters.");
        assertThat(put(parameter("a", "123456789").tier("Intelligent-Tiering")).tier())
                .contains("Advanced");
        assertThatThrownBy(() -> put(parameter("a", "1").tier("Standard").overwrite(true)))
                .hasMessageStartingWith("This parameter uses the advanced-parameter tier.");
        assertThatThrownBy(() -> put(parameter("b", "x".repeat(17)).tier("Advanced")))
                .hasMessage("Advanced tier parameters support a maximum parameter value of 16 characters.");
    }

    @Test
    void reservedAndHalfQualifiedNamesAreRefused() {
        assertThatThrownBy(() -> put(parameter("aws-thing", "1")))
                .hasMessage("Parameter name: can't be prefixed with \"aws\" or \"ssm\" (case-insensitive).");
        assertThatThrownBy(() -> put(parameter("/aws/thing", "1")))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.code()).isEqualTo("AccessDeniedException"));
        assertThatThrownBy(() -> put(parameter("a/b", "1")))
                .hasMessage("Parameter name must be a fully qualified name.");
    }

    @Test
    void aValueMustMatchItsPattern() {
        assertThatThrownBy(() -> put(parameter("a", "abc").allowedPattern("^\\d+$")))
                .isInstanceOf(ParameterPatternMismatchException.class);
        assertThat(put(parameter("a", "12").allowedPattern("^\\d+$")).version()).contains(1L);
    }

    @Test
    void theOldestVersionGoesUnlessItHasALabel() {
        put(parameter("a", "1"));
        put(parameter("a", "2").overwrite(true));
        put(parameter("a", "3").overwrite(true));
        put(parameter("a", "4").overwrite(true));
        assertThat(history("a")).containsExactly(2L, 3L, 4L);
        label("a", 2, "keep");
        assertThatThrownBy(() -> put(parameter("a", "5").overwrite(true)))
                .isInstanceOf(ParameterMaxVersionLimitExceeded.class)
                .hasMessageContaining("Version 2, the oldest version, can't be deleted");
    }

    private List<Long> history(String name) {
        return cloud
                .call(
                        Ssm.GET_PARAMETER_HISTORY,
                        GetParameterHistoryRequest.builder().name(name).build())
                .parameters()
                .stream()
                .map(version -> version.version().orElseThrow())
                .toList();
    }

    private List<String> label(String name, long version, String... labels) {
        return cloud.call(
                        Ssm.LABEL_PARAMETER_VERSION,
                        LabelParameterVersionRequest.builder()
                                .name(name)
                                .parameterVersion(version)
                                .labels(List.of(labels))
                                .build())
                .invalidLabels();
    }

    @Test
    void aLabelMovesToTheVersionThatIsGivenItLast() {
        put(parameter("a", "1"));
        put(parameter("a", "2").overwrite(true));
        assertThat(label("a", 1, "prod", "9x")).containsExactly("9x");
        assertThat(get("a:prod").value()).contains("1");
        label("a", 2, "prod");
        assertThat(get("a:prod").value()).contains("2");
    }

    @Test
    void parametersAreDescribedByFilter() {
        put(parameter("/x/a", "1")
                .tags(List.of(Tag.builder().key("team").value("blue").build())));
        put(parameter("/x/b", "1").type("SecureString"));
        put(parameter("/y/c", "1"));
        assertThat(described("Name", "Equals", "/x/b")).containsExactly("/x/b");
        assertThat(described("Name", "BeginsWith", "/x")).containsExactly("/x/a", "/x/b");
        assertThat(described("Type", null, "SecureString")).containsExactly("/x/b");
        assertThat(described("Path", "Recursive", "/x")).containsExactly("/x/a", "/x/b");
        assertThat(described("tag:team", null, "blue")).containsExactly("/x/a");
    }

    private List<String> described(String key, String option, String value) {
        return cloud
                .call(
                        Ssm.DESCRIBE_PARAMETERS,
                        DescribeParametersRequest.builder()
                                .parameterFilters(List.of(ParameterStringFilter.builder()
                                        .key(key)
                                        .option(option)
                                        .values(List.of(value))
                                        .build()))
                                .build())
                .parameters()
                .stream()
                .map(found -> found.name().orElseThrow())
                .toList();
    }

    @Test
    void tagsAreAddedToWhatIsThere() {
        put(parameter("a", "1").tags(List.of(Tag.builder().key("x").value("1").build())));
        cloud.call(
                Ssm.ADD_TAGS_TO_RESOURCE,
                AddTagsToResourceRequest.builder()
                        .resourceType("Parameter")
                        .resourceId("a")
                        .tags(List.of(Tag.builder().key("y").value("2").build()))
                        .build());
        assertThat(cloud.call(
                                Ssm.LIST_TAGS_FOR_RESOURCE,
                                ListTagsForResourceRequest.builder()
                                        .resourceType("Parameter")
                                        .resourceId("a")
                                        .build())
                        .tagList())
                .extracting(Tag::key)
                .containsExactly("x", "y");
    }

    @Test
    void publicParametersAreSaidToBeUnsupported() {
        assertThatThrownBy(() -> get("/aws/service/ami-amazon-linux-latest/x"))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.code()).isEqualTo("VirgaUnsupported"));
    }
}
