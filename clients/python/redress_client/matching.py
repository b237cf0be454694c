"""The matching engine of the house, as this package ships it: the very files of `screening/engine`."""

try:
    from redress_client.engine.matcher import RuleSet
    from redress_client.engine.rules import Decision as Judgement
    from redress_client.engine.rules import Mode, Outcome, Question, Rule
except ImportError as missing:
    raise ImportError(
        'Checking offline needs more packages: pip install "redress-client[offline]".'
    ) from missing

__all__ = ["Judgement", "Mode", "Outcome", "Question", "Rule", "RuleSet"]
