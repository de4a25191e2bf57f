using Weir.Detection.Tests.Support;

namespace Weir.Detection.Tests.Detectors;

public sealed class DetectorListTests
{
    [Fact]
    public void A_detector_that_vanishes_or_repeats_an_id_is_seen_here() => Assert.Equal(
        [
            "allow-block-list",
            "antimalware",
            "brand-impersonation",
            "bulk-mail",
            "dangerous-attachment",
            "first-contact",
            "gtube",
            "header-oddities",
            "hidden-text",
            "html-attachment",
            "impersonated-user",
            "link-text-elsewhere",
            "lookalike-domain",
            "other-filter",
            "payment-fraud",
            "phishing-language",
            "picture-mail",
            "proven-author",
            "reply-to-elsewhere",
            "request-with-link",
            "rewritten-links",
            "sender-address",
            "sending-burst",
            "spam-language",
            "spoof-by-authentication",
            "subject-form",
            "suspicious-url",
        ],
        Some.Detectors.Select(detector => detector.Id).Order(StringComparer.Ordinal));
}
