using Weir.Directory.Contracts;

namespace Weir.Server.Local;

/// <summary>What is asked of user tags.</summary>
/// <param name="Name">The tag; empty for <see cref="TagDeed.List"/>.</param>
/// <param name="Description">Nothing leaves the one that it has.</param>
/// <param name="Rule">For <see cref="TagDeed.Set"/>.</param>
internal sealed record TagRequest(TagDeed Deed, string Name = "", string? Description = null, TagRule? Rule = null);

/// <summary>What <c>weir tag</c> can do.</summary>
internal enum TagDeed { List, Members, Set, Delete }

/// <summary>What is wrong with it, empty when it was done; the tags, or the people who have one.</summary>
internal sealed record TagAnswer(string Problem, IReadOnlyList<UserTag> Tags, IReadOnlyList<string> People);
