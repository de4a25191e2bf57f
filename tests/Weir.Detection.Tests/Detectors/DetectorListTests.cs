using Weir.Detection.Tests.Support;

namespace Weir.Detection.Tests.Detectors;

public sealed class DetectorListTests
{
    [Fact]
    public void A_detector_that_vanishes_or_repeats_an_id_is_seen_here() => Assert.Equal(
        [
            "active-content",
            "allow-block-list",
            "antimalware",
            "brand-impersonation",
            "bulk-mail",
            "campaign",
            "dangerous-attachment",
            "domain-reputation",
            "file-reputation",
            "fingerprint-matching",
            "first-contact",
            "general-filter",
            "gtube",
            "header-oddities",
            "hidden-text",
            "hosted-request",
            "html-attachment",
            "impersonated-user",
            "ip-reputation",
            "link-alone",
            "link-text-elsewhere",
            "lookalike-domain",
            "mail-bombing",
            "not-looked-up",
            "other-filter",
            "own-mark",
            "payment-fraud",
            "phishing-language",
            "picture-mail",
            "proven-author",
            "qr-code",
            "reply-to-elsewhere",
            "request-with-link",
            "rewritten-links",
            "sender-address",
            "sending-burst",
            "spam-language",
            "spoof-by-authentication",
            "subject-form",
            "suspicious-url",
            "url-reputation",
        ],
        Some.Detectors.Select(detector => detector.Id).Order(StringComparer.Ordinal));
}
