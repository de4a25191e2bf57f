namespace Weir.Gateway.Milter;

/// <summary>What to tell the mail server when Weir cannot judge a message.</summary>
internal enum OnFailure
{
    /// <summary>451: the sender keeps it and tries again.</summary>
    Tempfail,

    /// <summary>Delivered unscanned, recorded, judged later.</summary>
    Accept,
}
