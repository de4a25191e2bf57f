namespace Weir.Detection.Contracts;

/// <summary>What a message of a training set is.</summary>
public enum MailLabel
{
    /// <summary>Wanted mail.</summary>
    Ham,

    /// <summary>Unwanted mail that asks for no secret and no money by deceit.</summary>
    Spam,

    /// <summary>Mail that deceives to get a secret, money or a click.</summary>
    Phish,
}
