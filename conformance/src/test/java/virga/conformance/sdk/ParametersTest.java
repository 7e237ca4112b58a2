package virga.conformance.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.HierarchyLevelLimitExceededException;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.ParameterAlreadyExistsException;
import software.amazon.awssdk.services.ssm.model.ParameterHistory;
import software.amazon.awssdk.services.ssm.model.ParameterMetadata;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;
import software.amazon.awssdk.services.ssm.model.ParameterPatternMismatchException;
import software.amazon.awssdk.services.ssm.model.ParameterType;
import software.amazon.awssdk.services.ssm.model.ParameterVersionNotFoundException;
import software.amazon.awssdk.services.ssm.model.ResourceTypeForTagging;
import software.amazon.awssdk.services.ssm.model.SsmException;
import software.amazon.awssdk.services.ssm.model.Tag;
import virga.conformance.fixture.Account;
import virga.conformance.fixture.Accounts;
import virga.conformance.fixture.Refused;

/** Source: the operations' pages, AWS Systems Manager API Reference; "Parameter Store", Systems Manager User Guide. */
@ExtendWith(Accounts.class)
@SuppressWarnings("unchecked") // the SDK's builders take generic varargs
final class ParametersTest {
    private static String put(Account account, SsmClient ssm, String path, String value) {
        String name = "/" + account.name("tree") + "/" + path;
        ssm.putParameter(request -> request.name(name).value(value).type(ParameterType.STRING));
        account.afterwards(() -> ssm.deleteParameters(request -> request.names(name)));
        return name;
    }

    private static Parameter get(SsmClient ssm, String name) {
        return ssm.getParameter(request -> request.name(name).withDecryption(true))
                .parameter();
    }

    @Test
    void aValueIsChangedVersionByVersion(Account account) {
        SsmClient ssm = account.client(SsmClient.builder());
        String name = put(account, ssm, "rain", "1 mm");
        Refused.with(
                ParameterAlreadyExistsException.class,
                "ParameterAlreadyExists",
                400,
                "The parameter already exists. To overwrite this value, set the overwrite option in the request to true.",
                () -> ssm.putParameter(
                        request -> request.name(name).value("2 mm").type(ParameterType.STRING)));
        assertThat(ssm.putParameter(request ->
                                request.name(name).value("2 mm").overwrite(true).description("daily"))
                        .version())
                .isEqualTo(2);
        Parameter latest = get(ssm, name);
        assertThat(latest.value()).isEqualTo("2 mm");
        assertThat(latest.version()).isEqualTo(2);
        assertThat(latest.dataType()).isEqualTo("text");
        assertThat(latest.arn()).matches("arn:aws:ssm:" + account.region() + ":[0-9]{12}:parameter" + name);
        Parameter first = get(ssm, name + ":1");
        assertThat(first.value()).isEqualTo("1 mm");
        assertThat(first.selector()).isEqualTo(":1");
        Refused.with(
                ParameterVersionNotFoundException.class,
                "ParameterVersionNotFound",
                400,
                "version 3",
                () -> get(ssm, name + ":3"));
        assertThat(ssm
                        .getParameterHistoryPaginator(
                                request -> request.name(name).maxResults(1))
                        .stream()
                        .flatMap(page -> page.parameters().stream()))
                .extracting(ParameterHistory::version)
                .containsExactly(1L, 2L);
    }

    @Test
    void aLabelLeadsToItsVersionAndMoves(Account account) {
        SsmClient ssm = account.client(SsmClient.builder());
        String name = put(account, ssm, "rain", "1 mm");
        ssm.labelParameterVersion(
                request -> request.name(name).parameterVersion(1L).labels("live"));
        ssm.putParameter(request -> request.name(name).value("2 mm").overwrite(true));
        assertThat(get(ssm, name + ":live").value()).isEqualTo("1 mm");
        ssm.labelParameterVersion(request -> request.name(name).labels("live"));
        assertThat(get(ssm, name + ":live").value()).isEqualTo("2 mm");
        assertThat(ssm.getParameterHistory(request -> request.name(name)).parameters().stream()
                        .map(ParameterHistory::labels)
                        .toList())
                .isEqualTo(List.of(List.of(), List.of("live")));
        assertThat(ssm.labelParameterVersion(request -> request.name(name).labels("aws-mine"))
                        .invalidLabels())
                .containsExactly("aws-mine");
        assertThat(ssm.unlabelParameterVersion(request ->
                                request.name(name).parameterVersion(2L).labels("live"))
                        .removedLabels())
                .containsExactly("live");
        Refused.with(
                ParameterVersionNotFoundException.class,
                "ParameterVersionNotFound",
                400,
                "live",
                () -> get(ssm, name + ":live"));
    }

    @Test
    void aPathIsReadFlatOrDeepPageByPage(Account account) {
        SsmClient ssm = account.client(SsmClient.builder());
        List<String> flat = IntStream.range(0, 3)
                .mapToObj(i -> put(account, ssm, "leaf-" + i, "green"))
                .toList();
        String deep = put(account, ssm, "branch/leaf", "brown");
        put(account, ssm, "branch-of-another-name", "grey");
        String path = "/" + account.name("tree");
        var pages =
                ssm.getParametersByPathPaginator(request -> request.path(path).maxResults(3));
        assertThat(pages.stream().flatMap(page -> page.parameters().stream()))
                .extracting(Parameter::name)
                .containsExactlyInAnyOrder(flat.get(0), flat.get(1), flat.get(2), path + "/branch-of-another-name");
        assertThat(pages.stream().count()).isEqualTo(2);
        assertThat(
                        ssm
                                .getParametersByPathPaginator(request ->
                                        request.path(path).recursive(true).maxResults(2))
                                .stream()
                                .flatMap(page -> page.parameters().stream()))
                .extracting(Parameter::name)
                .hasSize(5)
                .contains(deep);
        assertThat(ssm.getParametersByPath(request -> request.path(path + "/branch"))
                        .parameters())
                .extracting(Parameter::name)
                .containsExactly(deep);
        assertThat(ssm.getParametersByPath(request -> request.path("/" + account.name("desert")))
                        .parameters())
                .isEmpty();
    }

    @Test
    void aSecretIsShownInTheClearOnlyToWhoAsks(Account account) {
        SsmClient ssm = account.client(SsmClient.builder());
        String name = "/" + account.name("secret");
        ssm.putParameter(request -> request.name(name).value("umbrella").type(ParameterType.SECURE_STRING));
        account.afterwards(() -> ssm.deleteParameter(request -> request.name(name)));
        Parameter clear = get(ssm, name);
        assertThat(clear.type()).isEqualTo(ParameterType.SECURE_STRING);
        assertThat(clear.value()).isEqualTo("umbrella");
        assertThat(ssm.getParameter(request -> request.name(name)).parameter().value())
                .isNotBlank()
                .doesNotContain("umbrella");
        assertThat(ssm.describeParameters(request -> request.parameterFilters(
                                filter -> filter.key("Name").values(name)))
                        .parameters())
                .singleElement()
                .satisfies(found -> assertThat(found.keyId()).isEqualTo("alias/aws/ssm"));
    }

    @Test
    void whatIsAskedForTogetherComesTogetherAndTheRestIsNamed(Account account) {
        SsmClient ssm = account.client(SsmClient.builder());
        String rain = put(account, ssm, "rain", "1 mm");
        String sun = put(account, ssm, "sun", "5 h");
        var answer = ssm.getParameters(request -> request.names(sun, rain, rain + "-gone"));
        assertThat(answer.parameters()).extracting(Parameter::value).containsExactlyInAnyOrder("5 h", "1 mm");
        assertThat(answer.invalidParameters()).containsExactly(rain + "-gone");
        var deleted = ssm.deleteParameters(request -> request.names(rain, rain + "-gone"));
        assertThat(deleted.deletedParameters()).containsExactly(rain);
        assertThat(deleted.invalidParameters()).containsExactly(rain + "-gone");
        Refused.with(ParameterNotFoundException.class, "ParameterNotFound", 400, "", () -> get(ssm, rain));
        Refused.with(
                ParameterNotFoundException.class,
                "ParameterNotFound",
                400,
                "",
                () -> ssm.deleteParameter(request -> request.name(rain)));
    }

    @Test
    void parametersAreDescribedByFilterPageByPage(Account account) {
        SsmClient ssm = account.client(SsmClient.builder());
        List<String> names = IntStream.range(0, 3)
                .mapToObj(i -> put(account, ssm, "leaf-" + i, "green"))
                .toList();
        var pages = ssm.describeParametersPaginator(request -> request.maxResults(2)
                .parameterFilters(
                        filter -> filter.key("Name").option("BeginsWith").values("/" + account.name("tree"))));
        assertThat(pages.stream().flatMap(page -> page.parameters().stream()))
                .extracting(ParameterMetadata::name)
                .containsExactlyInAnyOrderElementsOf(names);
        assertThat(pages.stream().count()).isEqualTo(2);
    }

    @Test
    void tagsAreKept(Account account) {
        SsmClient ssm = account.client(SsmClient.builder());
        String name = put(account, ssm, "rain", "1 mm");
        ssm.addTagsToResource(request -> request.resourceType(ResourceTypeForTagging.PARAMETER)
                .resourceId(name)
                .tags(
                        tag -> tag.key("team").value("weather"),
                        tag -> tag.key("stage").value("test")));
        ssm.removeTagsFromResource(request -> request.resourceType(ResourceTypeForTagging.PARAMETER)
                .resourceId(name)
                .tagKeys("stage"));
        assertThat(ssm.listTagsForResource(request -> request.resourceType(ResourceTypeForTagging.PARAMETER)
                                .resourceId(name))
                        .tagList())
                .containsExactly(Tag.builder().key("team").value("weather").build());
    }

    @Test
    void namesAndValuesThatAreNoneAreRefused(Account account) {
        SsmClient ssm = account.client(SsmClient.builder());
        Refused.with(
                ParameterPatternMismatchException.class,
                "ParameterPatternMismatchException",
                400,
                "",
                () -> ssm.putParameter(request -> request.name(account.name("number"))
                        .value("none")
                        .type(ParameterType.STRING)
                        .allowedPattern("^\\d+$")));
        Refused.with(
                SsmException.class,
                "ValidationException",
                400,
                "",
                () -> ssm.putParameter(request ->
                        request.name("ssm-" + account.name("x")).value("x").type(ParameterType.STRING)));
        Refused.with(
                SsmException.class,
                "ValidationException",
                400,
                "",
                () -> ssm.putParameter(request -> request.name(account.name("large"))
                        .value("x".repeat(4097))
                        .type(ParameterType.STRING)));
        Refused.with(
                HierarchyLevelLimitExceededException.class,
                "HierarchyLevelLimitExceededException",
                400,
                "",
                () -> ssm.putParameter(request -> request.name("/" + account.name("deep") + "/a".repeat(15))
                        .value("x")
                        .type(ParameterType.STRING)));
    }

    @Test
    void aDocumentIsRefusedByName(Account account) {
        SsmClient ssm = account.client(SsmClient.builder());
        Refused.with(
                SsmException.class,
                "NotImplemented",
                501,
                "CreateDocument",
                () -> ssm.createDocument(
                        request -> request.name(account.name("document")).content("{}")));
    }
}
