package virga.observe.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import virga.observe.Names;
import virga.observe.Sample;
import virga.observe.TestingRecords;
import virga.observe.cost.PriceList;
import virga.observe.lineage.Lineage;

final class TraceViewTest {
    /** As a template would have them: everything is called by the beginning of its name. */
    private static final Names NAMES = resource -> resource.name().contains("-")
            ? Optional.of(new Names.Name(resource.name().split("-")[1], "shop"))
            : Optional.empty();

    @Test
    void resourcesAreCalledAsTheirTemplatesCallThem() {
        try (TestingRecords testing = TestingRecords.of(
                Sample.invocation("f", "shop-Take-1A2B").record(),
                Sample.call("put", "s3", "PutObject")
                        .on("arn:aws:s3:::shop-labels-3c4d/eu/17.pdf")
                        .after("f", "invocation")
                        .at(1)
                        .record(),
                Sample.call("other", "sqs", "SendMessage")
                        .on("arn:aws:sqs:us-east-1:000000000000:byhand")
                        .after("f", "invocation")
                        .at(2)
                        .record())) {
            TraceView.Node function = testing.read(snapshot -> TraceView.of(
                            Lineage.of(snapshot, Sample.TRACE).orElseThrow(), PriceList.usEast1(), NAMES)
                    .roots()
                    .getFirst());
            assertThat(function.name()).isEqualTo("Take");
            assertThat(function.resource()).isEqualTo("arn:aws:lambda:us-east-1:000000000000:function:shop-Take-1A2B");
            assertThat(function.children())
                    .extracting(TraceView.Node::target)
                    .containsExactly("labels/eu/17.pdf", "byhand");
        }
    }
}
