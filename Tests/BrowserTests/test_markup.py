def test_markup_is_valid(markup):
    errors = markup.errors()
    assert not errors, "\n" + "\n".join(errors)
