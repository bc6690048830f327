from django.urls import path

from intersession.people.views import addresses, invited, language, profile, sign_in

app_name = "people"

urlpatterns = [
    path("sign-in/", sign_in.sign_in, name="sign_in"),
    path("sign-in/code/", sign_in.sign_in_code, name="sign_in_code"),
    path("invitation/<str:token>/", invited.invited, name="invited"),
    path("invitation/<str:token>/acceptance/", invited.acceptance, name="acceptance"),
    path("sign-out/", sign_in.sign_out, name="sign_out"),
    path("language/", language.language, name="language"),
    path("welcome/", profile.welcome, name="welcome"),
    path("profile/", profile.profile, name="profile"),
    path("profile/addresses/", addresses.addresses, name="addresses"),
    path("profile/addresses/code/", addresses.address_code, name="address_code"),
    path("profile/addresses/<int:pk>/primary/", addresses.primary, name="primary"),
    path("profile/addresses/<int:pk>/removal/", addresses.removal, name="removal"),
    path("profile/consents/<int:pk>/withdrawal/", profile.withdrawal, name="withdrawal"),
    path("texts/<slug:name>/<slug:version>/", profile.text, name="text"),
]
