"""Settings: files, the environment, the token, and faults that say where and what instead."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from bot.config import HOME, ConfigError, Settings, keys, load

EXAMPLE = HOME / "config.example.toml"
TOKEN = "123456789:" + "A" * 35


def written(folder: Path, text: str) -> Path:
    file = folder / "config.toml"
    file.write_text(text, "utf-8")
    return file


def faults(folder: Path, text: str, **environ: str) -> tuple[str, ...]:
    with pytest.raises(ConfigError) as caught:
        load(written(folder, text), environ)
    assert all("\n" not in fault for fault in caught.value.faults)
    return caught.value.faults


# Where settings come from


def test_without_any_file_the_defaults_hold(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    settings = load(environ={})
    assert settings.reports == HOME / "seeds"
    assert settings.telegram.mode == "polling"
    assert settings.file is None
    assert settings.token is None


def test_the_example_says_the_defaults():
    assert load(EXAMPLE, {}).model_dump() == Settings().model_dump()


def test_the_example_names_every_key():
    said = EXAMPLE.read_text("utf-8")
    for key in keys():
        assert key.rpartition(".")[2] in said
    assert set(tomllib.loads(said)) | {"token_file"} == set(Settings.model_fields)


def test_config_toml_in_the_working_directory_is_read(tmp_path, monkeypatch):
    written(tmp_path, '[log]\nlevel = "debug"\n')
    monkeypatch.chdir(tmp_path)
    assert load(environ={}).log.level == "DEBUG"


def test_a_named_file_comes_before_the_variable_and_that_before_config_toml(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, admin in (("config.toml", 1), ("variable.toml", 2), ("named.toml", 3)):
        (tmp_path / name).write_text(f"admins = [{admin}]", "utf-8")
    assert load(environ={}).admins == (1,)
    assert load(environ={"YOUJU_CONFIG": "variable.toml"}).admins == (2,)
    assert load("named.toml", {"YOUJU_CONFIG": "variable.toml"}).admins == (3,)


def test_paths_are_relative_to_the_file_that_names_them(tmp_path):
    settings = load(written(tmp_path, 'reports = "年报"\ndata = "/var/lib/youju"\n'), {})
    assert settings.reports == tmp_path / "年报"
    assert settings.data == Path("/var/lib/youju")


def test_a_file_with_a_byte_order_mark_is_read(tmp_path):
    file = tmp_path / "记事本.toml"
    file.write_bytes(b"\xef\xbb\xbfadmins = [7]\r\n")
    assert load(file, {}).admins == (7,)


@pytest.mark.parametrize("between", ["_", "__"])
def test_the_environment_comes_before_the_file(tmp_path, between):
    file = written(tmp_path, 'admins = [1]\n[telegram]\nmode = "webhook"\nbase_url = "http://a.example/bot"\n')
    environ = {f"YOUJU_TELEGRAM{between}BASE_URL": "http://127.0.0.1:8081/bot", "YOUJU_ADMINS": "10001, 10002"}
    settings = load(file, environ)
    assert settings.telegram.base_url == "http://127.0.0.1:8081/bot"
    assert settings.telegram.mode == "webhook"
    assert settings.admins == (10001, 10002)


def test_an_empty_variable_sets_nothing(tmp_path):
    assert load(written(tmp_path, "admins = [1]"), {"YOUJU_ADMINS": "", "YOUJU_DATA": ""}).admins == (1,)


def test_a_server_named_only_once_serves_files_too(tmp_path):
    telegram = load(written(tmp_path, '[telegram]\nbase_url = "http://127.0.0.1:8081/"\n'), {}).telegram
    assert telegram.base_url == "http://127.0.0.1:8081/bot"
    assert telegram.base_file_url == "http://127.0.0.1:8081/file/bot"


def test_synonyms_of_the_place_are_read(tmp_path):
    settings = load(written(tmp_path, '[synonyms]\n"停车泊位" = ["停车位", "车位"]\n'), {})
    assert settings.synonyms == {"停车泊位": ["停车位", "车位"]}


# Faults


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('reprots = "seeds"', 1, "reprots：没有这个设置，最接近的是 reports"),
        ('data = "d"\n[telegram]\nmodee = "polling"', 3, "telegram.modee：没有这个设置，最接近的是 telegram.mode"),
        ('telegram.base_ulr = "http://a.example"', 1, "telegram.base_ulr：没有这个设置，最接近的是 telegram.base_url"),
        ('log_level = "INFO"', 1, "最接近的是 log.level"),
        ('[telegrm]\nmode = "polling"', 1, "最接近的是 telegram"),
        ("xyz = 1", 1, "可用的有 reports、data"),
        ('admins = "10001"', 1, 'admins：应是列表，如 [1, 2]，现在是 "10001"'),
        ('admins = [1, "二"]', 1, 'admins：第 2 项应是整数，不加引号，现在是 "二"'),
        ("admins = [0]", 1, "第 1 项应大于 0，现在是 0"),
        ("admins = [true]", 1, "应是整数"),
        ("\nreports = 5", 2, "reports：应是路径，加英文双引号，现在是 5"),
        ('reports = ""', 1, "reports：应是路径"),
        ('[telegram]\nmode = "push"', 2, 'telegram.mode：只能是 "polling"、"webhook"，现在是 "push"'),
        ('[telegram]\nbase_url = "ftp://x"', 2, "telegram.base_url：应是 http:// 或 https:// 开头的网址"),
        ('[telegram]\nbase_url = "http://[::1"', 2, "开头的网址"),
        ('[telegram]\nbase_file_url = "http://a.example:port/file/bot"', 2, "telegram.base_file_url：应是"),
        ("admins = [99999999999999999999]", 1, "应小于"),
        ('[log]\nlevel = "LOUD"', 2, "只能是"),
        ('telegram = "x"', 1, "telegram：应是一节，写作 [telegram]"),
        ('[synonyms]\n"车位" = "停车位"', 2, "synonyms.车位：应是列表"),
    ],
)
def test_a_fault_names_file_line_key_and_remedy(tmp_path, text, line, said):
    (fault,) = faults(tmp_path, text)
    assert fault.startswith(f"{tmp_path / 'config.toml'}:{line}：")
    assert said in fault


def test_every_fault_is_named_at_once(tmp_path):
    assert len(faults(tmp_path, 'reprots = "x"\nadmins = 3\n[log]\nlevel = 1\n', YOUJU_DTAA="x")) == 4


def test_a_faulty_variable_is_named_by_its_own_name(tmp_path):
    (fault,) = faults(tmp_path, 'admins = [1]\n[telegram]\nmode = "polling"', YOUJU_TELEGRAM_MODE="push")
    assert fault.startswith("环境变量 YOUJU_TELEGRAM_MODE：")
    assert faults(tmp_path, "", YOUJU_REPROTS="x") == (
        "环境变量 YOUJU_REPROTS：没有这个设置，最接近的是 YOUJU_REPORTS",
    )
    (fault,) = faults(tmp_path, "", YOUJU_ADMINS="甲")
    assert "环境变量 YOUJU_ADMINS：第 1 项应是整数" in fault


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("reports = seeds", ":1：第 11 列起不合 TOML 写法（值不对）"),
        ("[telegram", "不合 TOML 写法（少了 ]，到文件末尾为止）"),
        ("a = 1\na = 2", "同一项写了两次"),
        ("[a]\n[a]\nb = 1", ":2：第 3 列起不合 TOML 写法（同一节写了两次）"),
        ("admins = [1,\n", "不合 TOML 写法"),
        (f"a = {'[' * 9999}", "不合 TOML 写法"),
    ],
)
def test_what_is_no_toml_is_said_in_one_line(tmp_path, text, said):
    (fault,) = faults(tmp_path, text)
    assert said in fault


def test_a_missing_or_unreadable_file_is_said(tmp_path):
    binary = tmp_path / "b.toml"
    binary.write_bytes(b"a = \xff\xfe")
    for file, said in ((tmp_path / "no.toml", "没有这个配置文件"), (tmp_path, "读不了"), (binary, "不是 UTF-8")):
        with pytest.raises(ConfigError, match=said):
            load(file, {})


# The token


def test_the_token_comes_from_the_environment_and_is_never_shown(tmp_path):
    settings = load(written(tmp_path, ""), {"YOUJU_TOKEN": TOKEN})
    assert settings.token is not None
    assert settings.token.get_secret_value() == TOKEN
    assert TOKEN not in repr(settings) + str(settings) + repr(settings.token)


def test_a_token_in_the_settings_is_refused_and_not_repeated(tmp_path):
    for text in (f'token = "{TOKEN}"', f'[telegram]\ntoken = "{TOKEN}"'):
        (fault,) = faults(tmp_path, text)
        assert "YOUJU_TOKEN" in fault
        assert TOKEN not in fault


def test_a_secret_in_the_settings_is_sent_to_its_own_place(tmp_path):
    (fault,) = faults(tmp_path, '[telegram.webhook]\nsecret = "x"')
    assert "YOUJU_WEBHOOK_SECRET" in fault


def test_a_folder_is_no_token_file_and_its_mode_is_let_alone(tmp_path):
    with pytest.raises(ConfigError, match="这是文件夹") as caught:
        _ = load(written(tmp_path, 'token_file = "."'), {}).token
    assert "chmod" not in str(caught.value)


def test_a_token_file_must_be_its_owners_alone(tmp_path):
    secret = tmp_path / "token"
    secret.write_text(TOKEN + "\n")
    settings = load(written(tmp_path, 'token_file = "token"'), {})
    secret.chmod(0o640)
    with pytest.raises(ConfigError, match="chmod 600"):
        _ = settings.token
    secret.chmod(0o600)
    assert settings.token is not None
    assert settings.token.get_secret_value() == TOKEN


@pytest.mark.parametrize(("held", "said"), [("", "空的"), ("令 牌", "不像令牌"), (None, "没有这个令牌文件")])
def test_a_token_file_without_a_token_is_said(tmp_path, held, said):
    secret = tmp_path / "token"
    if held is not None:
        secret.write_text(held, "utf-8")
        secret.chmod(0o600)
    with pytest.raises(ConfigError, match=said):
        _ = load(written(tmp_path, 'token_file = "token"'), {}).token


def test_what_is_no_token_is_refused_without_showing_it(tmp_path):
    with pytest.raises(ConfigError) as caught:
        _ = load(written(tmp_path, ""), {"YOUJU_TOKEN": "my secret token"}).token
    assert "secret" not in str(caught.value)


# The schedule and the state


@pytest.mark.parametrize(
    ("text", "key", "said"),
    [
        ('daily = "0 0 30 2 *"', "schedule.daily", "永远不会到"),
        ('daily = "明早"', "schedule.daily", "看不懂"),
        ('weekly = "09:00"', "schedule.weekly", "星期"),
        ('quiet = "22:00"', "schedule.quiet", "22:00-07:00"),
        ('timezone = "Asia/Heze"', "schedule.timezone", "时区"),
        ("catch_up = 1000", "schedule.catch_up", "不大于 168"),
    ],
)
def test_a_schedule_that_never_fires_is_refused_with_its_line(tmp_path, text, key, said):
    (fault,) = faults(tmp_path, f"[schedule]\n{text}\n")
    assert f"config.toml:2：{key}" in fault
    assert said in fault


def test_a_schedule_may_be_switched_off_and_set_from_the_environment(tmp_path):
    settings = load(
        written(tmp_path, '[schedule]\ndaily = ""\nquiet = ""\n'),
        {"YOUJU_SCHEDULE_CATCH_UP": "5", "YOUJU_ANNOUNCEMENTS_RESEND_UNKNOWN": "true"},
    )
    assert (settings.schedule.daily, settings.schedule.catch_up) == ("", 5)
    assert settings.announcements.resend_unknown


def test_the_address_of_the_state_is_checked_and_its_password_never_shown(tmp_path):
    (fault,) = faults(tmp_path, '[state]\nurl = "mysql://bot:geheim@db/youju"\n')
    assert "postgresql://" in fault
    assert "geheim" not in fault
    settings = load(written(tmp_path, ""), {"YOUJU_STATE_URL": "postgresql://bot:geheim@db/youju"})
    assert "geheim" not in repr(settings)
